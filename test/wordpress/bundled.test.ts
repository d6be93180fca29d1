import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeZip } from '../../packages/wordpress/scripts/zip.mjs'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { phpText, publishOn } from '../support/wordpress-ruleset.ts'

// What owners install loads one file of many, in parts: whatever a request calls first must bring the parts that it needs. Here each
// entry is the first that its request calls.
const FRONT = `<?php
  add_action( 'wp_head', static function () {
    $call = $_GET['call'] ?? '';
    if ( '' !== $call ) { echo '<!--said-->', eval( base64_decode( $call ) ), '<!--end-->'; }
  } );
  add_shortcode( 'foreign', static fn () => '<attune-part>of somebody else</attune-part>' );`

const PATTERN =
  '<!-- wp:attune/adaptive {"placementId":"saved"} --><!-- wp:attune/variant {"key":"de","segments":["germany"]} --><!-- wp:paragraph --><p>G</p><!-- /wp:paragraph --><!-- /wp:attune/variant --><!-- wp:attune/variant {"key":"d","isDefault":true} --><!-- wp:paragraph --><p>D</p><!-- /wp:paragraph --><!-- /wp:attune/variant --><!-- /wp:attune/adaptive -->'

/** What a request calls, and what it answers with. */
const CALLS: Readonly<Record<string, readonly [string, string | RegExp]>> = {
  'a saved placement by its shortcode': [
    `return do_shortcode( '[attune-placement id="saved"]' );`,
    /<p>D<\/p>/,
  ],
  'a placement that was never saved': [`return do_shortcode( '[attune-placement id="none"]' );`, ''],
  'a shortcode': [`return do_shortcode( '[attune segments="buyer"]A[attune:else]B[/attune]' );`, /B/],
  'a twin of it': [
    `return do_shortcode( '[attune-if-2 segments="buyer"]A[attune:else]B[/attune-if-2]' );`,
    /B/,
  ],
  'a value': [`return do_shortcode( '[attune-value key="geo.city" fallback="here"]' );`, /here/],
  attune_matches: [`return var_export( attune_matches( 'buyer' ), true );`, 'false'],
  'attune_placement of a pattern': [`return attune_placement( 'saved' );`, /<p>D<\/p>/],
  'attune_placement of code': [
    `return attune_placement( 'coded', array( 'a' => 'A', 'default' => 'B' ) );`,
    /B/,
  ],
  attune_context: [`return attune_context()->url->path ?? 'none';`, /^(\/|none)$/],
  attune_register_signal: [`attune_register_signal( 'points', fn () => 1 ); return 'ok';`, 'ok'],
  attune_script_hashes: [`return count( attune_script_hashes() );`, '2'],
  'a block': [`return do_blocks( ${phpText(PATTERN)} );`, /<p>D<\/p>/],
  'a block in a content': [`return apply_filters( 'the_content', ${phpText(PATTERN)} );`, /<p>D<\/p>/],
  'an excerpt': [
    `return get_the_excerpt( new WP_Post( (object) array( 'post_content' => ${phpText(PATTERN)}, 'post_excerpt' => '', 'filter' => 'raw' ) ) );`,
    /^D/,
  ],
  'an element of ours that somebody else wrote': [
    `return apply_filters( 'the_content', 'x [foreign]' );`,
    /<attune-part>of somebody else<\/attune-part>/,
  ],
  'a row of a block': [
    `return do_blocks( '<!-- wp:paragraph {"metadata":{"attune":{"v":1,"show":"any","segments":["buyer"]}}} --><p>R</p><!-- /wp:paragraph -->' );`,
    /^(<attune-placement.*<p>R<.*)?$/s,
  ],
  'the work that is timed': [
    `array_map( 'do_action', array( 'attune_fetch_ruleset', 'attune_sweep' ) ); do_action( 'attune_purge_post', 1 ); do_action( 'attune_purge_url', '' ); do_action( 'attune_keep_facts', 1 ); return 'ok';`,
    'ok',
  ],
  'a horizon': [`do_action( 'attune_horizon', time() + 60, 0 ); return 'ok';`, 'ok'],
  'a pattern that is saved': [
    `return (int) ( 0 < wp_insert_post( wp_slash( array( 'post_type' => 'wp_block', 'post_status' => 'publish', 'post_title' => 'P', 'post_content' => ${phpText(PATTERN)} ) ) ) );`,
    '1',
  ],
  'a widget that is saved': [
    `return apply_filters( 'widget_update_callback', array( 'content' => ${phpText(PATTERN)} ) )['content'];`,
    /<template data-attune-variant="">/,
  ],
  'a login': [`do_action( 'wp_login', 'admin', get_user_by( 'login', 'admin' ) ); return 'ok';`, 'ok'],
  'what is asked of privacy': [
    `$all = apply_filters( 'wp_privacy_personal_data_exporters', array() ) + apply_filters( 'wp_privacy_personal_data_erasers', array() );
     foreach ( $all as $one ) { ( $one['callback'] ?? $one['exporter_friendly_name'] )( 'nobody@example.com', 1 ); }
     return count( $all ) > 0 ? 'ok' : 'none';`,
    'ok',
  ],
  'a cache of the theme’s own': [
    `Attune\\load_room( 'cache' ); return Attune\\cache_adapter()?->name() ?? 'none';`,
    'My cache',
  ],
  'a mail': [
    `return apply_filters( 'wp_mail', array( 'message' => 'a<attune-slot>b</attune-slot>' ) )['message'];`,
    'ab',
  ],
}

const caches = readFileSync(
  fileURLToPath(new URL('../../docs/guide/wordpress-caches.md', import.meta.url)),
  'utf8',
)
const [, ADAPTER = ''] = /```php\n(final class My_Cache .*?)```/s.exec(caches) ?? []

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({ version: '6.7', attune: false, muPlugins: { 'front.php': FRONT } })
  makeZip(join(site.folder, 'attune.zip'))
  await site.php(`
    require_once ABSPATH . 'wp-admin/includes/file.php';
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    WP_Filesystem();
    unzip_file( ABSPATH . 'attune.zip', WP_PLUGIN_DIR );
    activate_plugin( 'attune/attune.php' );
  `)
  await publishOn(site)
  appendFileSync(
    join(site.folder, 'wp-content/themes', await site.php('echo get_stylesheet();'), 'functions.php'),
    `\nfunction my_cache_purge() {}\nfunction my_cache_purge_address() {}\n${ADAPTER}`,
  )
  await site.php(`
    wp_insert_post( wp_slash( array( 'post_type' => 'wp_block', 'post_status' => 'publish', 'post_title' => 'Saved', 'post_content' => ${phpText(PATTERN)} ) ) );
  `)
})
afterAll(() => site?.stop())

describe('first in its request works', () => {
  test.each(Object.entries(CALLS).map(([name, [code, said]]) => [name, code, said] as const))(
    '%s, on a page and beside one',
    async (_, code, said) => {
      const path = `/?call=${encodeURIComponent(Buffer.from(code).toString('base64'))}`
      const html = await (await site.fetch(path)).text()
      const onPage = /<!--said-->(.*)<!--end-->/s.exec(html)?.[1] ?? html.slice(-300)
      const beside = await site.php(`echo ( static function () { ${code} } )();`)
      for (const one of [onPage, beside])
        typeof said === 'string' ? expect(one).toBe(said) : expect(one).toMatch(said)
    },
  )
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})
