import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import type { Login, Role } from '../support/wordpress-client.ts'
import { DOCUMENT, publishedJson, publishOn } from '../support/wordpress-ruleset.ts'

type Who = Role | 'anonymous'
type Nonce = 'none' | 'wrong' | 'right'

const ROLES: readonly Who[] = ['anonymous', 'subscriber', 'contributor', 'editor', 'admin']
const NONCES: readonly Nonce[] = ['none', 'wrong', 'right']
const PUBLISHED: unknown = JSON.parse(publishedJson(DOCUMENT))

interface Row {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: unknown
  /** Who gets an answer with a right nonce; `everybody` also without one. */
  readonly allowed: readonly Who[] | 'everybody'
  readonly status?: number
}

const WRITERS: readonly Who[] = ['contributor', 'editor', 'admin']
const ADMIN: readonly Who[] = ['admin']

// Route as it is registered → how it is asked, and who may.
const TABLE: Readonly<Record<string, readonly Row[]>> = {
  '/attune/v1': [{ method: 'GET', path: '', allowed: 'everybody' }],
  '/attune/v1/ruleset': [
    { method: 'GET', path: '/ruleset', allowed: 'everybody' },
    { method: 'GET', path: '/ruleset?for=browser', allowed: 'everybody' },
    { method: 'GET', path: '/ruleset?for=nobody', allowed: 'everybody', status: 400 },
  ],
  '/attune/v1/fragments': [{ method: 'GET', path: '/fragments?f=FRAGMENT', allowed: 'everybody' }],
  '/attune/v1/segments': [{ method: 'GET', path: '/segments', allowed: WRITERS }],
  '/attune/v1/usage/(?P<segment>[^/]{1,256})': [{ method: 'GET', path: '/usage/germany', allowed: WRITERS }],
  '/attune/v1/placements/(?P<id>[a-z0-9][a-z0-9-]{0,63})': [
    { method: 'GET', path: '/placements/hero', allowed: WRITERS },
  ],
  '/attune/v1/document': [
    { method: 'GET', path: '/document', allowed: ADMIN },
    { method: 'POST', path: '/document', body: { document: DOCUMENT, published: PUBLISHED }, allowed: ADMIN },
  ],
  '/attune/v1/history': [{ method: 'GET', path: '/history', allowed: ADMIN }],
  '/attune/v1/history/(?P<id>[0-9]{1,18})/restore': [
    { method: 'POST', path: '/history/999999/restore', allowed: ADMIN, status: 404 },
  ],
  '/attune/v1/view-as': [
    {
      method: 'POST',
      path: '/view-as',
      body: { segments: { germany: true }, url: 'HOME' },
      allowed: WRITERS,
    },
  ],
  '/attune/v1/settings': [
    { method: 'GET', path: '/settings', allowed: ADMIN },
    { method: 'POST', path: '/settings', body: { keep_days: 90 }, allowed: ADMIN },
  ],
  '/attune/v1/evaluate': [
    { method: 'POST', path: '/evaluate', body: { context: { geo: { country: 'DE' } } }, allowed: ADMIN },
  ],
}

const CONTENT =
  '<!-- wp:attune/adaptive {"placementId":"hero"} --><!-- wp:attune/variant {"key":"de","segments":["germany"]} --><!-- wp:paragraph --><p>Hallo</p><!-- /wp:paragraph --><!-- /wp:attune/variant --><!-- wp:attune/variant {"key":"default","isDefault":true} --><!-- wp:paragraph --><p>Hello</p><!-- /wp:paragraph --><!-- /wp:attune/variant --><!-- /wp:attune/adaptive -->'

let site: WordPressSite
let fragment: string
const logins = new Map<Who, Login>()

beforeAll(async () => {
  site = await startWordPress({ version: '6.7' })
  await publishOn(site)
  fragment = await site.php(`
    $post = wp_insert_post( wp_slash( array( 'post_title' => 'Hero', 'post_content' => '${CONTENT}', 'post_status' => 'publish' ) ) );
    echo "$post.hero.", Attune\\fragment_signature( $post, 'hero' );
  `)
  for (const role of ROLES) if (role !== 'anonymous') logins.set(role, await site.login(role))
})
afterAll(() => site?.stop())

function ask({ method, path, body }: Row, who: Who, nonce: Nonce): Promise<Response> {
  const login = logins.get(who)
  const text = JSON.stringify(body)?.replace('HOME', `${site.origin}/`)
  return site.fetch(`/wp-json/attune/v1${path.replace('FRAGMENT', fragment)}`, {
    method,
    ...(text === undefined ? {} : { body: text, headers: { 'content-type': 'application/json' } }),
    ...(login === undefined ? {} : { cookies: login.cookies }),
    ...(nonce === 'none' ? {} : { nonce: nonce === 'wrong' ? 'abcdef0123' : (login?.nonce ?? 'abcdef0123') }),
  })
}

// WordPress itself refuses a wrong nonce, and takes whoever sends none for somebody unknown.
function expectedStatus({ allowed, status = 200 }: Row, who: Who, nonce: Nonce): number {
  if (nonce === 'wrong' || (nonce === 'right' && who === 'anonymous')) return 403
  if (allowed === 'everybody') return status
  if (nonce === 'none' || who === 'anonymous') return 401
  return allowed.includes(who) ? status : 403
}

test('every route that is registered stands in the table, and none else', async () => {
  const { routes } = await (await site.fetch('/wp-json/attune/v1')).json()
  const registered = Object.entries<{ methods: string[] }>(routes).flatMap(([route, { methods }]) =>
    methods.map((method) => `${method} ${route}`),
  )
  const listed = Object.entries(TABLE).flatMap(([route, rows]) => [
    ...new Set(rows.map(({ method }) => `${method} ${route}`)),
  ])
  expect(registered.toSorted()).toEqual(listed.toSorted())
})

describe.each(Object.values(TABLE).flat())('$method $path', (row) => {
  test.each(ROLES)(
    'answers %s as the table says, with no nonce, a wrong one and a right one',
    async (who) => {
      const answers = await Promise.all(NONCES.map((nonce) => ask(row, who, nonce)))
      expect(answers.map(({ status }) => status)).toEqual(
        NONCES.map((nonce) => expectedStatus(row, who, nonce)),
      )
      for (const answer of answers) expect(answer.headers.get('set-cookie')).toBeNull()
    },
  )
})

describe('what is answered', () => {
  const admin = (): Login => logins.get('admin')!
  const post = (path: string, body: unknown, login = admin()): Promise<Response> =>
    site.fetch(`/wp-json/attune/v1${path}`, {
      ...login,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  test('an editor is given the segments with their scope, use and sentence', async () => {
    const sentences = { germany: 'Country is Germany' }
    expect((await post('/document', { document: DOCUMENT, published: PUBLISHED, sentences })).status).toBe(
      200,
    )
    const answer = await site.fetch('/wp-json/attune/v1/segments', logins.get('editor'))
    expect((await answer.json())[1]).toEqual({
      key: 'germany',
      label: 'Germany',
      scope: 'coarse',
      confidential: false,
      cached: true,
      usage: 1,
      sentence: 'Country is Germany',
    })
  })

  test('of a segment is told whether its variants are shown where pages are cached', async () => {
    const cached = async (settings: object): Promise<unknown> => {
      await post('/settings', settings)
      const answer = await site.fetch('/wp-json/attune/v1/segments', logins.get('editor'))
      const segments: readonly { key: string; confidential: boolean; cached: boolean }[] = await answer.json()
      return segments.filter((one) => one.confidential).map((one) => [one.key, one.cached])
    }
    // What is built on a confidential segment is one.
    expect(await cached({ confidential: ['buyer'] })).toEqual([
      ['buyer', false],
      ['german-buyer', false],
    ])
    expect(await cached({ page_cache: 'none' })).toEqual([
      ['buyer', true],
      ['german-buyer', true],
    ])
    expect(await cached({ page_cache: 'auto', collector: 'https://collect.example' })).toEqual([
      ['buyer', true],
      ['german-buyer', true],
    ])
    expect(await cached({ collector: '', confidential: [] })).toEqual([])
  })

  test('the document comes back as it went in, empty objects included', async () => {
    const document = { ...DOCUMENT, traits: {}, revision: 'r2' }
    const published = { ...JSON.parse(publishedJson(document)) }
    expect((await post('/document', { document, published })).status).toBe(200)
    const answer = await (await site.fetch('/wp-json/attune/v1/document', admin())).json()
    expect(answer.document).toEqual(document)
    expect(answer.revision).toBe('r2')
  })

  test('a document is refused when another was published meanwhile, or what was published is of another', async () => {
    const stale = await post('/document', { document: DOCUMENT, published: PUBLISHED, base: '0'.repeat(64) })
    expect(stale.status).toBe(409)
    const other = await post('/document', { document: { ...DOCUMENT, revision: 'r9' }, published: PUBLISHED })
    expect([other.status, (await other.json()).message]).toEqual([400, expect.stringContaining('revision')])
    const damaged = await post('/document', {
      document: DOCUMENT,
      published: { ...(PUBLISHED as object), nodes: [{ op: 'system' }] },
    })
    expect([damaged.status, (await damaged.json()).message]).toEqual([
      400,
      expect.stringContaining('$.nodes'),
    ])
    const twice = await post('/document', `{"document":{},"document":{},"published":{}}`)
    expect(twice.status).toBe(400)
  })

  test('history names who published, and restores', async () => {
    const history = await (await site.fetch('/wp-json/attune/v1/history', admin())).json()
    expect(history[0]).toMatchObject({ author: 'admin', in_force: true })
    const restored = await post(`/history/${history.at(-1).id}/restore`, {})
    expect(await restored.json()).toMatchObject({ revision: 'r1' })
  })

  test('a setting that cannot be one is refused with its cure', async () => {
    for (const [setting, cure] of [
      [{ collector: 'javascript:alert(1)' }, 'whole address'],
      [{ site: 'a b' }, 'Send a host'],
      [{ geo_header: 'CF-IPCountry\r\nX: y' }, 'name of a header'],
    ] as const) {
      const answer = await post('/settings', setting)
      expect([answer.status, (await answer.json()).message]).toEqual([400, expect.stringContaining(cure)])
    }
    expect((await post('/settings', { delivery: 'sideways' })).status).toBe(400)
    const saved = await (
      await post('/settings', { geo_header: 'CF-IPCountry', confidential: ['buyer'] })
    ).json()
    expect(saved.settings).toMatchObject({
      geo_header: 'CF-IPCountry',
      confidential: ['buyer'],
      keep_days: 90,
    })
    expect(saved.facts).toMatchObject({ compiled: 'file', source: 'here', caches: [] })
    await post('/settings', { geo_header: '', confidential: [] })
  })

  test('the PHP that decides pages answers for anybody who is made up', async () => {
    const asked = { context: { geo: { country: 'DE' } }, consent: {}, now: 1_790_000_000_000 }
    const answer = await (await post('/evaluate', asked)).json()
    expect(answer.segments.germany).toEqual({ match: true, until: null })
    expect(answer.segments.buyer.match).toBeNull()
    expect(answer.decisions.home).toMatchObject({ variant: 'default', reason: 'CONSENT_DENIED' })
    expect((await post('/evaluate', { profile: { version: 9 } })).status).toBe(400)
  })

  test('usage hides from a contributor the titles of posts that they may not edit', async () => {
    const usage = async (who: Who): Promise<Record<string, unknown>> =>
      (await site.fetch('/wp-json/attune/v1/usage/germany', logins.get(who))).json()
    expect(await usage('admin')).toMatchObject({
      exists: true,
      posts: [{ title: 'Hero' }],
      others: 0,
      experiences: ['german-buyer'],
    })
    expect(await usage('contributor')).toMatchObject({ posts: [], others: 1 })
  })

  test('a link to view as leads to this site alone, and holds for whom it was made', async () => {
    const elsewhere = await post('/view-as', { segments: {}, url: 'https://example.org/' })
    expect(elsewhere.status).toBe(400)
    const { url, expires } = await (
      await post('/view-as', { segments: { germany: true, gone: true }, url: `${site.origin}/hero/` })
    ).json()
    expect(expires).toBeGreaterThan(Date.now() / 1000 + 1700)
    expect(url).toMatch(/\/hero\/\?attune_view=v1~/)
  })
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})
