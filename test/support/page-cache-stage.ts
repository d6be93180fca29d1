import type { WordPressSite } from './wordpress.ts'
import {
  adaptive,
  addPost,
  BROWSER,
  keenPersona,
  type Persona,
  paragraph,
  startStage,
  variant,
} from './wordpress-stage.ts'

/** Somebody who looks, and what may be theirs to see. */
export interface Looker extends Persona {
  readonly name: string
  /** Texts that no answer to anybody else may show; those of variants for everybody count for nobody. */
  readonly own: readonly string[]
}

/** A segment whose variants must not stand in the source of a page; see `confidential` in the settings. */
export const CONFIDENTIAL = 'returning'

const everything = (id: string, delivery: string): string =>
  adaptive(
    { placementId: id, delivery },
    variant({ key: 'secret', segments: [CONFIDENTIAL] }, paragraph('MARK-SECRET')),
    variant({ key: 'germany', segments: ['germany'] }, paragraph('MARK-GERMANY')),
    variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
  )

const plain = (id: string, delivery: string): string =>
  adaptive(
    { placementId: id, delivery },
    variant({ key: 'germany', segments: ['germany'] }, paragraph('MARK-GERMANY')),
    variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
  )

const values = [
  paragraph('[attune-value key="custom.who" fallback="MARK-DEFAULT-WHO"]'),
  paragraph('<span class="attune-value" data-attune-key="custom.who">MARK-DEFAULT-SPAN</span>'),
  `<!-- wp:paragraph {"metadata":{"bindings":{"content":{"source":"attune/value","args":{"key":"custom.who","fallback":"MARK-DEFAULT-BOUND"}}}}} --><p></p><!-- /wp:paragraph -->`,
].join('')

const tags = [
  `<!-- wp:paragraph {"metadata":{"attune":{"show":"any","segments":["germany"],"v":1}}} --><p>MARK-GERMANY-ROW</p><!-- /wp:paragraph -->`,
  `<!-- wp:paragraph {"metadata":{"attune":{"show":"any","segments":["${CONFIDENTIAL}"],"v":1}}} --><p>MARK-SECRET-ROW</p><!-- /wp:paragraph -->`,
  paragraph(
    `[attune segments="${CONFIDENTIAL}" id="tag"]MARK-SECRET-TAG[attune:else-if segments="keen"]MARK-KEEN-TAG[attune:else]MARK-DEFAULT-TAG[/attune]`,
  ),
].join('')

/** Slug → content of the pages, one for each mode and one of them all. */
export const PAGES: Readonly<Record<string, string>> = {
  auto: everything('auto', 'auto') + tags,
  inline: plain('inline', 'inline'),
  fragment: everything('fragment', 'fragment'),
  static: everything('static', 'static'),
  server: everything('server', 'server') + values,
  edge: plain('edge', 'edge') + values,
  ruled: adaptive(
    { placementId: 'ruled' },
    variant({ key: 'offer' }, paragraph('MARK-KEEN-OFFER')),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
  ),
  values: values + tags,
  code:
    paragraph(`[theme_says segment="${CONFIDENTIAL}"]`) + paragraph('[theme_says segment="sale"]') + values,
  mixed: everything('one', 'auto') + plain('two', 'fragment') + plain('three', 'inline') + tags + values,
}

/** Every way but pages to a post of all of it; LEAKY stands for its address. */
export const CHANNELS: readonly string[] = [
  '/feed/',
  '/leaky/feed/',
  '/comments/feed/',
  '/?s=leaky',
  '/leaky/embed/',
  '/wp-sitemap-posts-post-1.xml',
  '/wp-json/oembed/1.0/embed?url=LEAKY',
  '/wp-json/oembed/1.0/embed?format=xml&url=LEAKY',
  '/wp-json/wp/v2/posts?slug=leaky&_fields=title,content,excerpt',
  '/wp-json/wp/v2/posts?slug=leaky',
  '/wp-json/wp/v2/search?search=leaky',
  '/wp-json/attune/v1/ruleset',
  '/wp-json/attune/v1/ruleset?for=browser',
  '/leaky/',
  '/',
]

// Who looks, as a signal of the site's own: a text that is one visitor's. Nobody may begin a session.
const WHO = `<?php
attune_register_signal( 'who', static fn () => isset( $_COOKIE['persona'] ) ? 'MARK-WHO-' . preg_replace( '/[^A-Z]/', '', $_COOKIE['persona'] ) : null );
add_action( 'shutdown', static function () {
  if ( PHP_SESSION_ACTIVE === session_status() ) { trigger_error( 'A session was begun at ' . $_SERVER['REQUEST_URI'], E_USER_WARNING ); }
} );`

// Who has signed cookies got them from a collector. Whoever comes without a token is somebody it has no time for.
const SILENT_COLLECTOR = 'http://127.0.0.1:9/attune/collect'

/** A site with the pages, the post and the confidential segment; `constants` are of wp-config.php. */
export async function startLeakySite(constants: readonly string[] = []): Promise<WordPressSite> {
  const site = await startStage('6.5')
  await site.php(`
    file_put_contents( WPMU_PLUGIN_DIR . '/a-constants.php', '<?php ' . ${JSON.stringify(constants.map((name) => `define( '${name}', true );`).join(' '))} );
    file_put_contents( WP_PLUGIN_DIR . '/who.php', ${phpHeredoc(`${WHO.replace('<?php', '<?php\n/* Plugin Name: Who */')}`)} );
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    activate_plugin( 'who.php' );
    Attune\\save_settings( array(
      'geo_header'   => 'CF-IPCountry',
      'confidential' => array( '${CONFIDENTIAL}' ),
      'collector'    => '${SILENT_COLLECTOR}',
    ) );
  `)
  for (const [name, content] of Object.entries(PAGES)) await addPost(site, { name, content })
  await addPost(site, { name: 'leaky', title: 'leaky', type: 'post', content: PAGES.mixed! })
  return site
}

/** What the site complained of, apart from the collector's silence. */
export function complaintsOf(site: WordPressSite): readonly string[] {
  const lines = site.debugLog().split('\n')
  return lines.filter(
    (line) => line !== '' && !/fetch_profile: Failed to connect to 127\.0\.0\.1 port 9 /.test(line),
  )
}

const phpHeredoc = (text: string): string => `<<<'PHP'\n${text}\nPHP\n`

/** A: agreed, keen and back. B: agreed, new, in Germany. Nobody: of whom nothing is known. */
export function lookersOf(site: WordPressSite): Readonly<Record<'a' | 'b' | 'nobody', Looker>> {
  const a = keenPersona(site, 'visitor-a-of-22-charac')
  const b = keenPersona(site, 'visitor-b-of-22-charac')
  const withoutToken = b.cookies!.replace(/; attune_token=[^;]*/, '')
  return {
    a: {
      name: 'A',
      cookies: `${a.cookies}; persona=A`,
      headers: a.headers,
      own: ['MARK-WHO-A', 'MARK-KEEN', 'MARK-SECRET'],
    },
    b: {
      name: 'B',
      cookies: `${withoutToken}; persona=B`,
      headers: { ...b.headers, 'cf-ipcountry': 'DE', 'sec-gpc': '1' },
      own: ['MARK-WHO-B', 'MARK-GERMANY'],
    },
    nobody: { name: 'nobody', headers: { 'user-agent': BROWSER }, own: [] },
  }
}
