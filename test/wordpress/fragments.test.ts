import { type Consent, type Context, compileRuleset, decide, emptyProfile } from '@attune/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { phpText, publishOn } from '../support/wordpress-ruleset.ts'

const paragraph = (text: string): string => `<!-- wp:paragraph --><p>${text}</p><!-- /wp:paragraph -->`
const variant = (attributes: object, inner: string): string =>
  `<!-- wp:attune/variant ${JSON.stringify(attributes)} -->${inner}<!-- /wp:attune/variant -->`
const adaptive = (id: string, ...variants: readonly string[]): string =>
  `<!-- wp:attune/adaptive {"placementId":"${id}"} -->${variants.join('')}<!-- /wp:attune/adaptive -->`

const HERO = adaptive(
  'hero',
  variant(
    { key: 'de', segments: ['germany'] },
    paragraph('Hallo [attune-value key="geo.city" fallback="Stadt"]'),
  ),
  variant({ key: 'other', segments: ['returning'], match: 'none' }, paragraph('Strangers')),
  variant({ key: 'default', isDefault: true }, paragraph('Hello')),
)
const SECRET_OFFER = adaptive(
  'secret-offer',
  variant({ key: 'vip', segments: ['buyer'] }, paragraph('For buyers alone')),
  variant({ key: 'default', isDefault: true }, paragraph('For all')),
)

let site: WordPressSite
let hash: string
let posts: Record<string, { readonly id: number; readonly hero: string; readonly secret: string }>

beforeAll(async () => {
  site = await startWordPress({ version: '6.5' })
  await site.php(`Attune\\save_settings( array( 'confidential' => array( 'buyer' ) ) );`)
  hash = await publishOn(site)
  posts = JSON.parse(
    await site.php(`
      $content = ${phpText(HERO + SECRET_OFFER)};
      $pattern = wp_insert_post( wp_slash( array( 'post_type' => 'wp_block', 'post_title' => 'Pattern', 'post_status' => 'publish', 'post_content' => $content ) ) );
      $shapes = array(
        'page' => array( 'post_content' => $content, 'post_name' => 'hero' ),
        'patterned' => array( 'post_content' => '<!-- wp:block {"ref":' . $pattern . '} /-->' ),
        'draft' => array( 'post_content' => $content, 'post_status' => 'draft' ),
        'locked' => array( 'post_content' => $content, 'post_password' => 'x' ),
        'plain' => array( 'post_content' => 'nothing' ),
      );
      $made = array();
      foreach ( $shapes as $name => $shape ) {
        $id = wp_insert_post( wp_slash( $shape + array( 'post_title' => $name, 'post_status' => 'publish', 'post_type' => 'page' ) ) );
        $made[ $name ] = array( 'id' => $id, 'hero' => "$id.hero." . Attune\\fragment_signature( $id, 'hero' ), 'secret' => "$id.secret-offer." . Attune\\fragment_signature( $id, 'secret-offer' ) );
      }
      echo wp_json_encode( $made );
    `),
  )
})
afterAll(() => site?.stop())

// Key segments, buyer and what is built on it being confidential: returning, germany.
function key(isTrue: readonly number[], isFalse: readonly number[] = []): string {
  const bytes = Buffer.alloc(8)
  for (const bit of isTrue) bytes[bit >> 3]! |= 1 << (bit & 7)
  for (const bit of isFalse) bytes[4 + (bit >> 3)]! |= 1 << (bit & 7)
  return `v1.${hash.slice(0, 6)}.${bytes.toString('base64url')}`
}

const ask = (f: string, k?: string): Promise<Response> =>
  site.fetch(`/wp-json/attune/v1/fragments?f=${f}${k === undefined ? '' : `&k=${k}`}`)

describe('a fragment', () => {
  test('is what the key says, for every cache to keep', async () => {
    const answer = await ask(posts.page!.hero, key([1], [0]))
    expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=(300|299)$/)
    expect(answer.headers.get('set-cookie')).toBeNull()
    const { variant, html } = (await answer.json())[`${posts.page!.id}.hero`]
    expect(variant).toBe('de')
    expect(html).toContain('<p>Hallo')
    expect(html).not.toContain('[attune')
  })

  test('asks `none` of what is known to be false, not of what is unknown', async () => {
    const shown = async (k?: string): Promise<string> =>
      (await (await ask(posts.page!.hero, k)).json())[`${posts.page!.id}.hero`].variant
    expect(await shown(key([], [0, 1]))).toBe('other')
    expect(await shown(key([], [1]))).toBe('default')
    expect(await shown(key([0], [1]))).toBe('default')
    expect(await shown()).toBe('default')
  })

  test('without a key that is ours is the default', async () => {
    for (const k of ['x', 'v1.000000.AAAAAAAAAAA', `v1.${hash.slice(0, 6)}.AAAAAAAAAAB`, key([1], [1])])
      expect((await (await ask(posts.page!.hero, k)).json())[`${posts.page!.id}.hero`].variant).toBe(
        'default',
      )
  })

  test('is found in a synced pattern too', async () => {
    const answer = await ask(posts.patterned!.hero, key([1]))
    expect((await answer.json())[`${posts.patterned!.id}.hero`].variant).toBe('de')
  })

  test('with a bit that it does not need is refused, so that no cache keeps it twice', async () => {
    expect((await ask(posts.page!.secret, key([1]))).status).toBe(400)
  })

  test('of a post that the public may not read, of another placement or unsigned is refused', async () => {
    const signature = posts.page!.hero.split('.')[2]
    const asked = [
      posts.draft!.hero,
      posts.locked!.hero,
      posts.plain!.hero,
      `${posts.page!.id}.hero.${'A'.repeat(22)}`,
      `${posts.draft!.id}.hero.${signature}`,
      `${posts.page!.id}.other.${signature}`,
      `${posts.page!.hero},${posts.page!.hero}`,
      '1.hero',
      "1' OR 1=1.hero.x",
      Array.from({ length: 31 }, () => posts.page!.hero).join(','),
    ]
    const statuses = await Promise.all(asked.map(async (f) => (await ask(encodeURIComponent(f))).status))
    expect(statuses).toEqual([404, 404, 404, 403, 403, 403, 400, 400, 400, 400])
  })

  test.each([
    [
      'where a collector gives cookies that open it, it is kept by no cache',
      'https://collect.example',
      /^private, no-store$/,
    ],
    ['where nobody has such cookies, it is the same for everybody', '', /^public, max-age=/],
  ])('of a confidential segment is not to be had by a key: %s', async (_, collector, kept) => {
    await site.php(`Attune\\save_settings( array( 'collector' => '${collector}' ) );`)
    const answer = await ask(`${posts.page!.hero},${posts.page!.secret}`, key([0, 1].slice(1)))
    await site.php(`Attune\\save_settings( array( 'collector' => '' ) );`)
    expect(answer.headers.get('cache-control')).toMatch(kept)
    const shown = await answer.json()
    expect(shown[`${posts.page!.id}.secret-offer`].variant).toBe('default')
    expect(JSON.stringify(shown)).not.toContain('For buyers alone')
  })
})

describe('attune_placements', () => {
  test('holds a page’s variants in order, without the confidential', async () => {
    const { attune_placements: placements } = await (
      await site.fetch(`/wp-json/wp/v2/pages/${posts.page!.id}`)
    ).json()
    expect(placements).toMatchObject([
      {
        id: 'hero',
        strategy: 'first-match',
        variants: [
          { key: 'de', segments: ['germany'], match: 'any', isDefault: false },
          { key: 'other', segments: ['returning'], match: 'none', isDefault: false },
          { key: 'default', isDefault: true, html: expect.stringContaining('<p>Hello</p>') },
        ],
      },
      { id: 'secret-offer', variants: [{ key: 'default' }] },
    ])
  })

  test('is not rendered for all pages of a list, unless the list is asked for it', async () => {
    const listed = async (query: string): Promise<unknown> => {
      const pages: readonly { id: number; attune_placements: unknown }[] = await (
        await site.fetch(`/wp-json/wp/v2/pages?${query}`)
      ).json()
      return pages.find(({ id }) => id === posts.page!.id)?.attune_placements
    }
    expect(await listed('per_page=100')).toBeNull()
    expect(await listed('_fields=id,title')).toBeUndefined()
    expect(await listed('_fields=id,attune_placements')).toMatchObject([
      { id: 'hero' },
      { id: 'secret-offer' },
    ])
  })

  test('says nothing of a page behind a password', async () => {
    const answer = await site.fetch(`/wp-json/wp/v2/pages/${posts.locked!.id}`)
    expect((await answer.json()).attune_placements).toEqual([])
  })

  test('are decided elsewhere by the ruleset that is given out, on the page’s route', async () => {
    const ruleset = await (await site.fetch('/wp-json/attune/v1/ruleset')).json()
    expect(ruleset.revision).toMatch(/^r1\+[0-9a-z]+$/)
    expect(ruleset.placements.hero).toEqual({ baseline: 'default', variants: ['de', 'other', 'default'] })
    expect(ruleset.placements['secret-offer']).toEqual({ baseline: 'default', variants: ['default'] })
    expect(ruleset.routes['/hero']).toEqual(['hero', 'secret-offer'])
    expect(ruleset.routes).not.toHaveProperty('/locked')
    // Neither the confidential one nor what is built on it.
    expect(Object.keys(ruleset.segments)).toEqual(['returning', 'germany', 'sale'])
  })

  test('and TypeScript decides them as the page does', async () => {
    const compiled = compileRuleset(await (await site.fetch('/wp-json/attune/v1/ruleset')).json())
    const shown = (context: Context, consent: Consent): string =>
      decide(compiled, { profile: emptyProfile(compiled.plan), context, consent, now: Date.now() }, [
        'hero',
      ])[0]!.variant
    const preferences = { preferences: true }
    expect(shown({ geo: { country: 'DE' } }, {})).toBe('de')
    expect(shown({ geo: { country: 'FR' }, visitor: { returning: false } }, {})).toBe('default')
    expect(shown({ geo: { country: 'FR' }, visitor: { returning: false } }, preferences)).toBe('other')
    expect(shown({ geo: { country: 'FR' }, visitor: { returning: true } }, preferences)).toBe('default')
    expect(shown({}, preferences)).toBe('default')
  })

  test('a page that is edited or goes changes what is given out, and its revision', async () => {
    const given = async (): Promise<{ revision: string; routes: object; placements: object }> =>
      (await site.fetch('/wp-json/attune/v1/ruleset')).json()
    const before = await given()
    await site.php(`wp_update_post( array( 'ID' => ${posts.page!.id}, 'post_name' => 'moved' ) );`)
    const moved = await given()
    expect(moved.routes).toHaveProperty('/moved')
    expect(moved.revision).not.toBe(before.revision)
    expect(await site.php('echo Attune\\public_revision();')).toBe(moved.revision)
    await site.php(
      `foreach ( array( 'page', 'patterned' ) as $name ) { wp_trash_post( get_page_by_path( 'page' === $name ? 'moved' : $name )->ID ); }`,
    )
    const after = await given()
    expect(after.routes).toEqual({ '/': ['home'] })
    expect([before.revision, moved.revision]).not.toContain(after.revision)
  })
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})

test('a page that signs fragments reads the secret without a query, once one did; others keep it out of memory', async () => {
  const isAtHand = (): Promise<string> =>
    site.php(`echo isset( wp_load_alloptions()['attune_secret'] ) ? 'at hand' : 'apart';`)
  const fetched = adaptive(
    'fetched',
    variant({ key: 'de', segments: ['germany'] }, paragraph('Hallo')),
  ).replace('{"placementId"', '{"delivery":"fragment","placementId"')
  await site.php(
    `wp_insert_post( wp_slash( array( 'post_type' => 'page', 'post_name' => 'signs', 'post_title' => 'Signs', 'post_status' => 'publish', 'post_content' => ${phpText(fetched)} ) ) );`,
  )
  await site.fetch('/hero/')
  expect(await isAtHand()).toBe('apart')
  expect(await (await site.fetch('/signs/')).text()).toContain('data-fragment="')
  expect(await isAtHand()).toBe('at hand')
})
