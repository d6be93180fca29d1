import { publishRuleset } from '@attune/core/publish'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import { phpText } from '../support/wordpress-ruleset.ts'
import {
  adaptive,
  addPost,
  attributesOf,
  handshakeOf,
  keenPersona,
  NOBODY,
  paragraph,
  STAGE_DOCUMENT,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'
import { askAll, expectNothingNew, faultsOf, recordShapes, shapesOf } from './injection/pages.ts'
import { asHeader, injectionStrings, plainStrings } from './injection/strings.ts'

const STRINGS = injectionStrings(2_000)
const PLAIN = plainStrings(STRINGS.length)
const OF_PAGE = 50
const OF_REQUEST = 10

let site: WordPressSite
let consent: string

beforeAll(async () => {
  site = await startStage('6.5')
  recordShapes(site)
  consent = keenPersona(site).cookies!
})
afterAll(() => site?.stop())

describe('2,000 strings in what a request carries', () => {
  const shown = [
    'query.x',
    'utm.source',
    'referrer.host',
    'language',
    'device.os',
    'geo.country',
    'url.path',
    'visitor.known',
  ]

  beforeAll(async () => {
    await site.php(`Attune\\save_settings( array( 'page_cache' => 'none' ) );`)
    const values = shown.map(
      (key) =>
        paragraph(
          `[attune-value key="${key}" fallback="none"] <span class="attune-value" data-attune-key="${key}">none</span>`,
        ) +
        `<!-- wp:paragraph {"metadata":{"bindings":{"content":{"source":"attune/value","args":{"key":"${key}","fallback":"none"}}}}} --><p></p><!-- /wp:paragraph -->`,
    )
    const placement = adaptive(
      { placementId: 'x' },
      variant({ key: 'a', segments: ['returning', 'keen', 'germany', 'mobile'] }, paragraph('a')),
      variant({ key: 'default', isDefault: true }, paragraph('b')),
    )
    await addPost(site, {
      name: 'shown',
      content: `${values.join('')}${placement}[theme_says ask="context"]`,
    })
  })

  /** Requests that carry ten strings each in the address, and one in every header and cookie that we read. */
  function asksOf(
    run: string,
    strings: readonly string[],
    count: number,
  ): readonly (() => Promise<readonly string[]>)[] {
    return Array.from({ length: count }, (_, request) => async () => {
      const from = request * OF_REQUEST
      const text = (at: number): string => strings[(from + at) % strings.length]!
      const encoded = (at: number): string => encodeURIComponent(text(at).toWellFormed())
      const query = [
        `x=${encoded(0)}`,
        `utm_source=${encoded(1)}`,
        `${encoded(2)}=${encoded(3)}`,
        `y=${encoded(4)}&z[${encoded(5)}]=${encoded(6)}`,
        `raw=${asHeader(text(7)).replace(/[^!-~]|#/g, '+')}`,
        request % 4 === 0 ? `attune_view=${encoded(8)}` : '',
      ].join('&')
      const headers = {
        'x-test-run': run,
        referer: asHeader(`https://${text(9)}/`),
        'accept-language': asHeader(text(0)),
        'cf-ipcountry': asHeader(text(1)),
        'sec-ch-ua-platform': asHeader(text(2)),
        'sec-ch-ua-mobile': asHeader(text(3)),
        'sec-gpc': asHeader(text(4)),
        'x-attune-edge': asHeader(text(5)),
        'x-attune-segment': asHeader(text(6)),
        'x-forwarded-for': asHeader(text(7)),
        ...(request % 3 === 0 ? { 'user-agent': asHeader(`Mozilla/5.0 ${text(8)}`) } : {}),
      }
      const cookie = ['attune_k', 'attune_visitor', 'attune_token', 'attune_consent'][request % 4]!
      const others = consent.split('; ').filter((part) => !part.startsWith(cookie))
      const cookies = [...others, `${cookie}=${asHeader(text(9))}`].join('; ')
      return faultsOf(site, `/shown/?${query}`, headers, cookies)
    })
  }

  test('break nothing, are printed nowhere unescaped, and ask the database nothing new', async () => {
    expect(await askAll(asksOf('plain', PLAIN, 20))).toEqual([])
    const plain = shapesOf(site, 'plain')
    expect(await askAll(asksOf('hostile', STRINGS, STRINGS.length / OF_REQUEST))).toEqual([])
    expectNothingNew(shapesOf(site, 'hostile'), plain)
  }, 300_000)

  const shownAs = async (x: string): Promise<string> => {
    const html = await (await site.fetch(`/shown/?x=${encodeURIComponent(x)}`, NOBODY)).text()
    return html.slice(html.indexOf('entry-content'), html.indexOf('id="renders"'))
  }

  test('are printed where a page shows them', async () => {
    expect((await shownAs(`<b>"'&`)).match(/&lt;b&gt;&quot;&#039;&amp;/g)?.length).toBeGreaterThanOrEqual(3)
  })

  test('run no shortcode', async () => {
    for (const x of [
      '[count_renders]',
      '[[count_renders]]',
      '&#91;count_renders&#93;',
      '&#091;count_renders&#093;',
    ])
      expect(await shownAs(x), x).not.toContain('RENDERED')
    expect(await shownAs('[count_renders]')).toContain('&#091;count_renders&#093;')
  })

  test('are no address that runs', async () => {
    const bound = attributesOf({
      metadata: {
        bindings: { url: { source: 'attune/value', args: { key: 'query.x', fallback: '/none' } } },
      },
    })
    await addPost(site, {
      name: 'bound',
      content: `<!-- wp:button ${bound} --><div class="wp-block-button"><a class="wp-block-button__link wp-element-button" href="/none">go</a></div><!-- /wp:button -->`,
    })
    const href = async (x: string): Promise<string> =>
      /wp-element-button"? ?href="([^"]*)"|href="([^"]*)"[^>]*>go/
        .exec(await (await site.fetch(`/bound/?x=${encodeURIComponent(x)}`, NOBODY)).text())!
        .slice(1)
        .find((found) => found !== undefined)!
    expect(await href('https://example.org/a')).toBe('https://example.org/a')
    for (const x of [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'data:text/html,<script>',
      'java\nscript:alert(1)',
    ])
      expect(await href(x), x).not.toMatch(/script|data/i)
  })
})

describe('2,000 strings in the attributes of blocks and in labels', () => {
  const counts = Array.from({ length: STRINGS.length / OF_PAGE }, (_, page) => page)

  beforeAll(async () => {
    const content = (strings: readonly string[], page: number): string =>
      strings
        .slice(page * OF_PAGE, (page + 1) * OF_PAGE)
        .map((text, at) => blockOf(text.toWellFormed(), `p${at}`))
        .join('')
    for (const page of counts)
      await addPost(site, { name: `attributes-${page}`, content: content(STRINGS, page) })
    await addPost(site, { name: 'plain-attributes', content: content(PLAIN, 0) })
    const segments = Object.fromEntries(
      STRINGS.slice(0, 500).map((label, at) => [
        `s${at}`,
        { label: label.toWellFormed(), when: { attr: 'geo.country', is: 'DE' } },
      ]),
    )
    const document = {
      ...STAGE_DOCUMENT,
      revision: 'labels',
      segments: { ...STAGE_DOCUMENT.segments, ...segments },
    }
    const published = publishRuleset(document)
    await site.php(`Attune\\publish_ruleset( ${phpText(JSON.stringify(published))} );`)
  })

  function blockOf(text: string, placementId: string): string {
    return [
      adaptive(
        { placementId, label: text, reserve: text, delivery: text },
        variant(
          { key: text, label: text, segments: [text, 'germany'], from: text, until: '' },
          paragraph('a'),
        ),
        variant({ key: 'b', segments: ['germany'] }, paragraph('b')),
        variant({ key: 'default', isDefault: true }, paragraph('c')),
      ),
      `<!-- wp:paragraph ${attributesOf({ metadata: { attune: { show: 'any', segments: ['germany', text] } } })} --><p>row</p><!-- /wp:paragraph -->`,
      `<!-- wp:paragraph ${attributesOf({ metadata: { bindings: { content: { source: 'attune/value', args: { key: text, fallback: text } } } } })} --><p></p><!-- /wp:paragraph -->`,
    ].join('')
  }

  test.each(['inline', 'server', 'edge', 'view-as', 'editor'] as const)(
    'are printed nowhere unescaped: %s',
    async (mode) => {
      await site.php(
        `Attune\\save_settings( array( 'page_cache' => '${mode === 'server' ? 'none' : 'auto'}' ) );`,
      )
      const { cookies } =
        mode === 'view-as' || mode === 'editor' ? await site.login('editor') : { cookies: undefined }
      const query =
        mode !== 'view-as'
          ? ''
          : await site.php(`
      Attune\\load_stage();
      wp_set_current_user( get_user_by( 'login', 'editor' )->ID );
      $labels = array_fill_keys( array_map( static fn ( $at ) => "s$at", range( 0, 60 ) ), true );
      echo '?attune_view=' . rawurlencode( Attune\\view_token( array( 'germany' => true ) + $labels, time() + 600 ) );
    `)
      const ask = (run: string, name: string) => (): Promise<readonly string[]> =>
        faultsOf(
          site,
          `/${name}/${query}`,
          {
            'x-test-run': run,
            ...(mode === 'edge' ? { 'x-attune-edge': handshakeOf(site) } : { 'cf-ipcountry': 'DE' }),
          },
          cookies,
        )
      // Twice: what the first asks once is not what the shape of pages is.
      expect(await askAll([ask('plain', 'plain-attributes'), ask('plain', 'plain-attributes')])).toEqual([])
      const plain = shapesOf(site, 'plain')
      expect(await askAll(counts.map((page) => ask('hostile', `attributes-${page}`)))).toEqual([])
      expectNothingNew(shapesOf(site, 'hostile'), plain)
    },
    300_000,
  )

  test('are told by REST as they were written', async () => {
    const { cookies, nonce } = await site.login('admin')
    const answer = await site.fetch('/wp-json/attune/v1/segments', { cookies, nonce })
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    const told = (await answer.json()) as readonly { key: string; label: string }[]
    const labels = new Map(told.map(({ key, label }) => [key, label]))
    for (const [at, label] of STRINGS.slice(0, 500).entries())
      expect(labels.get(`s${at}`)).toBe(label.toWellFormed())
  })

  test('are printed nowhere unescaped in the dashboard', async () => {
    const { cookies } = await site.login('admin')
    for (const path of ['/wp-admin/admin.php?page=attune', '/wp-admin/admin.php?page=attune-settings', '/'])
      expect(await faultsOf(site, path, {}, cookies)).toEqual([])
  })
})

test('nothing went wrong on the way', () => {
  expect(site.debugLog()).toBe('')
})
