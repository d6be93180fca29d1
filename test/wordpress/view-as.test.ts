import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import type { Login, Role } from '../support/wordpress-client.ts'
import { phpText } from '../support/wordpress-ruleset.ts'
import {
  adaptive,
  addPost,
  allMarksOf,
  BROWSER,
  GERMAN,
  keenPersona,
  NOBODY,
  paragraph,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

let site: WordPressSite
let editor: Login

beforeAll(async () => {
  site = await startStage('6.5')
  editor = await site.login('editor')
  const hero = adaptive(
    { placementId: 'hero', label: 'The <b>hero</b>' },
    variant({ key: 'germany', segments: ['germany'] }, paragraph('MARK-GERMANY')),
    variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
  )
  await addPost(site, { name: 'hero', content: hero })
  const unnamed = adaptive(
    { placementId: 'unnamed' },
    variant({ key: 'variant-1', segments: ['germany', 'keen'] }, paragraph('MARK-EITHER')),
    variant({ key: 'variant-2', segments: ['sale'], match: 'none' }, paragraph('MARK-NEITHER')),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
  )
  await addPost(site, { name: 'unnamed', content: unnamed })
  await addPost(site, {
    name: 'theme',
    content: paragraph(
      '[theme_says segment="germany"] [theme_says segment="sale"] [theme_says segment="gone"]',
    ),
  })
  await addPost(site, { name: 'context', content: paragraph('[theme_says ask="context"]') })
})
afterAll(() => site?.stop())

async function link(login: Login, segments: object, page = 'hero'): Promise<string> {
  const answer = await site.fetch('/wp-json/attune/v1/view-as', {
    method: 'POST',
    cookies: login.cookies,
    nonce: login.nonce,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ segments, url: `${site.origin}/${page}/` }),
  })
  const { url } = (await answer.json()) as { url: string }
  return url.slice(site.origin.length)
}
const open = (path: string, login?: Login): Promise<Response> =>
  site.fetch(path, {
    headers: { 'user-agent': BROWSER },
    ...(login === undefined ? {} : { cookies: login.cookies }),
  })

describe('view as', () => {
  test('an editor sees the page as somebody in the segments chosen, and what of it is chosen', async () => {
    const answer = await open(await link(editor, { keen: true }), editor)
    const html = await answer.text()
    expect(allMarksOf(html)).toEqual(['MARK-KEEN'])
    expect(html).toContain('The &lt;b&gt;hero&lt;/b&gt;: keen')
    expect(html).toContain('You are viewing this page as: keen.')
    expect(answer.headers.get('cache-control')).toMatch(/no-store/)
    expect(answer.headers.get('x-robots-tag')).toMatch(/noindex/)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(html).not.toContain('id="attune-js"')
  })

  test('a variant whose key the editor made up is told by its audience', async () => {
    const told = async (segments: object): Promise<string> =>
      (await open(await link(editor, segments, 'unnamed'), editor)).text()
    expect(await told({ keen: true })).toContain('unnamed: Germany, keen<')
    expect(await told({ keen: false, germany: false, sale: false })).toContain('unnamed: not in sale<')
    expect(await told({ keen: false, germany: false, sale: true })).toContain('unnamed: default<')
  })

  test('the link is of no use to anybody else, nor changed, nor later', async () => {
    const path = await link(editor, { keen: true })
    const others = [
      await open(path),
      await open(path, await site.login('admin')),
      await open(
        path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
        editor,
      ),
      await open(`/hero/?attune_view=${await old()}`, editor),
    ]
    for (const answer of others) {
      const html = await answer.text()
      expect(html).not.toMatch(/attune-view__badge|attune-view-bar/)
      expect(answer.headers.get('cache-control')).toMatch(/no-store/)
    }
    expect(allMarksOf(await (await open(path, await site.login('admin'))).text())).toEqual(['MARK-DEFAULT'])
  })

  const old = (): Promise<string> =>
    site.php(`
      Attune\\load_stage();
      wp_set_current_user( get_user_by( 'login', 'editor' )->ID );
      echo rawurlencode( Attune\\view_token( array( 'keen' => true ), time() - 1 ) );
    `)

  test.each(['subscriber'] as const)('a %s gets no such page', async (role: Role) => {
    const token = await site.php(`
      Attune\\load_stage();
      wp_set_current_user( get_user_by( 'login', '${role}' )->ID );
      echo rawurlencode( Attune\\view_token( array( 'keen' => true ), time() + 60 ) );
    `)
    const html = await (await open(`/hero/?attune_view=${token}`, await site.login(role))).text()
    expect(allMarksOf(html)).toEqual(['MARK-DEFAULT'])
  })
})

describe('theme functions', () => {
  // A classic theme prints before its content is made: by then no header can be sent.
  test('take a page out of caches when they ask who looks', async () => {
    const answer = await site.fetch('/theme/', GERMAN)
    expect(await answer.text()).toContain('THEME-YES THEME-YES THEME-NO')
    expect(answer.headers.get('cache-control')).toMatch(/no-store/)
    const other = await site.fetch('/theme/', NOBODY)
    expect(await other.text()).toContain('THEME-NO THEME-YES THEME-NO')
  })

  test('tell the context of whoever looks', async () => {
    const answer = await site.fetch('/context/?utm_source=letter', GERMAN)
    const html = (await answer.text())
      .replaceAll('&quot;', '"')
      .replaceAll('&#8221;', '"')
      .replaceAll('&#8220;', '"')
    expect(html).toMatch(/"geo":\{"country":"DE"\}/)
    expect(html).toMatch(/"utm":\{"source":"letter"\}/)
    expect(answer.headers.get('cache-control')).toMatch(/no-store/)
  })

  test('give the default where it is too late to send headers', async () => {
    const code = `
      $_SERVER['HTTP_HOST'] = '${new URL(site.origin).host}'; $_SERVER['REQUEST_METHOD'] = 'GET'; $_SERVER['REQUEST_URI'] = '/';
      $_SERVER['HTTP_CF_IPCOUNTRY'] = 'DE'; $_SERVER['HTTP_USER_AGENT'] = ${phpText(BROWSER)};
      wp(); do_action( 'template_redirect' );
      while ( ob_get_level() > 0 ) { ob_end_flush(); }
      echo ' '; flush();
      echo attune_matches( 'germany' ) ? 'yes' : 'no', attune_matches( 'sale' ) ? 'yes' : 'no';
    `
    expect((await site.php(code)).trim()).toBe('noyes')
  })

  test('attune_placement renders what code gives for a placement of the ruleset', async () => {
    await site.php(`
      file_put_contents( WPMU_PLUGIN_DIR . '/coded.php', '<?php add_shortcode( "coded", static fn () => attune_placement( "ruled", array( "offer" => "MARK-OFFER", "default" => static fn () => "MARK-DEFAULT" ) ) );' );
      Attune\\save_settings( array( 'page_cache' => 'none' ) );
    `)
    await addPost(site, { name: 'coded', content: paragraph('[coded]') })
    expect(allMarksOf(await (await site.fetch('/coded/', keenPersona(site))).text())).toEqual(['MARK-OFFER'])
    expect(allMarksOf(await (await site.fetch('/coded/', NOBODY)).text())).toEqual(['MARK-DEFAULT'])
    await site.php(`Attune\\save_settings( array( 'page_cache' => 'auto' ) );`)
  })

  test('a signal of the site’s own stands in the context, and one that fails does no harm', async () => {
    const context = await site.php(`
      attune_register_signal( 'points', static fn () => 42 );
      attune_register_signal( 'broken', static fn () => throw new RuntimeException( 'no' ) );
      Attune\\load_stage();
      ini_set( 'error_log', '/dev/null' );
      echo wp_json_encode( Attune\\build_context( new Attune\\Context_Source() )->custom );
    `)
    expect(JSON.parse(context)).toEqual({ points: 42 })
  })
})

test('nothing went wrong on the way', () => {
  expect(site.debugLog()).toBe('')
})
