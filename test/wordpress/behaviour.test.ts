import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage, type Watched } from '../support/browser.ts'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { publishOn } from '../support/wordpress-ruleset.ts'
import { adaptive, addPost, paragraph, variant } from '../support/wordpress-stage.ts'

// What sites do to scripts: join them into one, or give them out at another host, which says nothing of who may have its modules.
const SITES = `<?php
add_action( 'template_redirect', static function () {
  if ( ! isset( $_GET['joined'] ) ) { return; }
  ob_start( static function ( $html ) {
    $script = file_get_contents( WP_PLUGIN_DIR . '/attune/build/front/attune.js' );
    return preg_replace_callback( '/<script[^>]*id="attune-js"[^>]*><\\/script>/', static fn () => '<script>var other = 1;</script><script>;' . $script . '</script>', $html );
  } );
} );
add_shortcode( 'ask', static fn () => '<form id="ask"><input name="topic"></form><input type="checkbox" data-attune-trait="newsletter">' );
add_filter( 'plugins_url', static fn ( $url ) => isset( $_GET['elsewhere'] ) ? str_replace( '127.0.0.1', 'localhost', $url ) : $url );`

const HERO = adaptive(
  { placementId: 'hero' },
  variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
  variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
)
const MARKED = `<!-- wp:html --><button data-attune-event="wish" data-attune-on="click">Keep</button><!-- /wp:html -->`
const FORM = '<!-- wp:shortcode -->[ask]<!-- /wp:shortcode -->'

let site: WordPressSite
let browser: Browser
let context: BrowserContext
let watched: Watched

beforeAll(async () => {
  site = await startWordPress({ version: '6.7', muPlugins: { 'sites.php': SITES } })
  await publishOn(site, {
    version: 1,
    revision: 'behaviour.1',
    traits: { newsletter: { type: 'boolean' }, unasked: { type: 'string' } },
    events: {
      page_view: {},
      wish: {},
      form_start: {},
      view_search_results: { properties: { search_term: 'string' } },
      session_start: { properties: { session_number: 'number' } },
    },
    segments: {
      keen: { when: { count: 'form_start', atLeast: 1 } },
      seen: { when: { count: 'exposure', atLeast: 1 } },
      reader: { when: { attr: 'trait.newsletter', is: true } },
    },
  })
  await addPost(site, { name: 'hero', content: HERO + MARKED })
  await addPost(site, { name: 'contact', content: FORM })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})
beforeEach(async () => {
  context = await newVisitor(browser)
  await context.addCookies([{ name: 'attune_consent', value: 'preferences', url: site.origin }])
  watched = await openPage(context)
})
afterEach(() => context?.close())

const partsIn = (requests: readonly string[]): readonly string[] =>
  requests.flatMap((request) => /attune-(\w+)\.js/.exec(request)?.[1] ?? [])
const heard = (name: string): Promise<unknown> =>
  watched.page.waitForFunction(
    (wanted) => localStorage.getItem('attune_profile')?.includes(`"name":"${wanted}"`),
    name,
  )

test('a page with a placement and a mark hears a session, a mark and what was seen, and fetches no part for it', async () => {
  const { page, requests, complaints } = watched
  await page.goto(`${site.origin}/hero/`)
  await heard('session_start')
  await page.getByText('Keep').click()
  await heard('wish')
  await heard('exposure')
  expect(await page.evaluate(() => document.cookie)).toMatch(/attune_session=1\.1\.\d+\.\d+/)
  expect(partsIn(requests)).toEqual([])
  expect(complaints.filter((complaint) => !/font|woff2|favicon/i.test(complaint))).toEqual([])
})

test('the part for forms is fetched when somebody enters one, and not before', async () => {
  const { page, requests } = watched
  await page.goto(`${site.origin}/contact/`)
  await heard('session_start')
  expect(partsIn(requests)).toEqual([])
  await page.locator('input[name="topic"]').fill('boots')
  await heard('form_start')
  expect(partsIn(requests)).toEqual(['forms'])
})

test('a trait that a page asks for is told, and chosen by', async () => {
  const { page } = watched
  const given = await (await site.fetch('/wp-json/attune/v1/ruleset?for=browser')).json()
  expect((given as { ruleset: { document: unknown } }).ruleset.document).toEqual({
    traits: { newsletter: { type: 'boolean' } },
  })
  await page.goto(`${site.origin}/contact/`)
  await heard('session_start')
  await page.locator('[data-attune-trait]').check()
  await heard('identify')
  const known = await page.evaluate(() => JSON.parse(localStorage.getItem('attune_known') ?? '{}').s)
  const { keys } = given as { readonly keys: readonly string[] }
  expect(known[keys.indexOf('reader')][0]).toBe(true)
})

test('what is searched for is heard on WordPress’s own page of results, which shows defaults', async () => {
  const { page, requests } = watched
  await page.goto(`${site.origin}/?s=trail+boots`)
  await heard('view_search_results')
  expect(await page.evaluate(() => localStorage.getItem('attune_profile'))).toContain('trail boots')
  expect(partsIn(requests)).toEqual(['search'])
})

describe.each([
  ['joined to others, with no address of its own', 'joined'],
  ['given out at another host, which gives no modules to this one', 'elsewhere'],
])('a script that is %s', (_, how) => {
  test('hears the same, and finds its parts', async () => {
    const { page } = watched
    await page.goto(`${site.origin}/contact/?${how}=1`)
    expect(await page.locator('#attune-js').count()).toBe(how === 'joined' ? 0 : 1)
    await heard('session_start')
    await page.locator('input[name="topic"]').fill('boots')
    await heard('form_start')
  })
})

test('leaves nothing in the log of errors', () => {
  expect(site.debugLog()).toBe('')
})
