import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { publishOn } from '../support/wordpress-ruleset.ts'

const CONTENT =
  '<!-- wp:attune/adaptive {"placementId":"hero"} --><!-- wp:attune/variant {"key":"de","segments":["germany"]} --><!-- wp:paragraph --><p>Hallo</p><!-- /wp:paragraph --><!-- /wp:attune/variant --><!-- /wp:attune/adaptive -->'

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({ version: '6.7' })
})
afterAll(() => site?.stop())

/** Everything that the site holds, by name; what WordPress itself changes all the time left out. */
const HELD = `( function () {
  global $wpdb;
  $held = array();
  foreach ( $wpdb->get_results( "SELECT option_name AS name, option_value AS value FROM $wpdb->options" ) as $row ) { $held[ "option $row->name" ] = md5( $row->value ); }
  foreach ( $wpdb->get_results( "SELECT ID, post_type, post_content FROM $wpdb->posts" ) as $row ) { $held[ "post $row->ID $row->post_type" ] = md5( $row->post_content ); }
  foreach ( array( $wpdb->postmeta, $wpdb->usermeta ) as $table ) {
    foreach ( $wpdb->get_results( "SELECT meta_key, meta_value FROM $table" ) as $row ) { $held[ "meta $row->meta_key" ] = md5( $row->meta_value ); }
  }
  foreach ( glob( WP_CONTENT_DIR . '/cache/{*,*/*}', GLOB_BRACE ) as $file ) { $held[ 'file ' . basename( $file ) ] = 1; }
  foreach ( array_keys( $held ) as $name ) {
    if ( preg_match( '/option (_transient|_site_transient|cron|recently_|fresh_site|wp_calendar|active_plugins|rewrite_rules|.*session)|meta (session_tokens|_edit)/', $name ) ) { unset( $held[ $name ] ); }
  }
  return $held;
} )()`

const held = async (): Promise<Record<string, string>> =>
  JSON.parse(await site.php(`echo wp_json_encode( ${HELD} );`))

test('uninstalling removes our data, all of it, and nothing else', async () => {
  // As it is before the plugin was ever active.
  await site.php(`
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    deactivate_plugins( 'attune/attune.php' );
    define( 'WP_UNINSTALL_PLUGIN', 'attune/attune.php' );
    require WP_PLUGIN_DIR . '/attune/uninstall.php';
    update_option( 'attunement_of_somebody_else', 'stays' );
    update_user_meta( 1, '_attuned', 'stays' );
    mkdir( WP_CONTENT_DIR . '/cache/other', 0777, true );
  `)
  const before = await held()
  await site.php(
    `require_once ABSPATH . 'wp-admin/includes/plugin.php'; activate_plugin( 'attune/attune.php' );`,
  )
  await publishOn(site)
  await site.php(`
    $post = wp_insert_post( wp_slash( array( 'post_title' => 'Kept', 'post_content' => '${CONTENT}', 'post_status' => 'publish' ) ) );
    Attune\\save_settings( array( 'confidential' => array( 'buyer' ) ) );
    update_user_meta( 1, '_attune_shop', array( 'v' => 1, 'last' => time() ) );
    do_action( 'attune_sweep' );
  `)
  await site.fetch('/wp-json/attune/v1/ruleset')
  const during = await held()
  const ours = Object.keys(during).filter((name) => !(name in before))
  expect(ours.length).toBeGreaterThan(9)

  await site.php(`
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    deactivate_plugins( 'attune/attune.php' );
    uninstall_plugin( 'attune/attune.php' );
  `)
  const after = await held()
  const changed = Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name])
  // The post that somebody wrote, with the blocks in it, is theirs. WordPress notes which plugins have an uninstaller.
  expect(
    changed.filter((name) => !/^post \d+ post$|uninstall_plugins$|_wp_old|_pingme|_encloseme/.test(name)),
  ).toEqual([])
  expect(Object.keys(after).some((name) => /^post \d+ post$/.test(name) && !(name in before))).toBe(true)
  const left = await site.php(
    `echo wp_json_encode( array( wp_next_scheduled( 'attune_sweep' ), get_role( 'administrator' )->has_cap( 'manage_attune_segments' ) ) );`,
  )
  expect(left).toBe('[false,false]')
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})
