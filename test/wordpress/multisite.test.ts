import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { DOCUMENT, phpText, publishedJson } from '../support/wordpress-ruleset.ts'

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({ version: '6.5' })
  const host = new URL(site.origin).host
  await site.php(`
    define( 'WP_INSTALLING_NETWORK', true );
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    require_once ABSPATH . 'wp-admin/includes/network.php';
    foreach ( $wpdb->tables( 'ms_global' ) as $name => $table ) { $wpdb->$name = $table; }
    install_network();
    populate_network( 1, '${host}', 'admin@example.org', 'Network', '/', false );
    deactivate_plugins( 'attune/attune.php' );
  `)
  const config = join(site.folder, 'wp-config.php')
  const network = `define( 'MULTISITE', true ); define( 'SUBDOMAIN_INSTALL', false ); define( 'DOMAIN_CURRENT_SITE', '${host}' ); define( 'PATH_CURRENT_SITE', '/' ); define( 'SITE_ID_CURRENT_SITE', 1 ); define( 'BLOG_ID_CURRENT_SITE', 1 );`
  writeFileSync(
    config,
    readFileSync(config, 'utf8').replace(
      '<?php',
      `<?php\n$_SERVER['HTTP_HOST'] ??= '${host}'; $_SERVER['REMOTE_ADDR'] ??= '127.0.0.1';\n${network}`,
    ),
  )
})
afterAll(() => site?.stop())

const json = async (code: string): Promise<unknown> =>
  JSON.parse(await site.php(`echo wp_json_encode( ${code} );`))
const ON_SITE = (id: string, code: string): string =>
  `( function () { switch_to_blog( ${id} ); $answer = ${code}; restore_current_blog(); return $answer; } )()`
const INSTALLED = `array( get_role( 'administrator' )->has_cap( 'manage_attune_segments' ), strlen( get_option( 'attune_secret' ) ), false !== wp_next_scheduled( 'attune_sweep' ) )`
const NEW_SITE = (path: string): string =>
  `wp_insert_site( array( 'domain' => DOMAIN_CURRENT_SITE, 'path' => '/${path}/', 'network_id' => 1, 'user_id' => 1, 'title' => '${path}' ) )`

test('activation for a network prepares every site, each with a secret of its own', async () => {
  const second = await json(NEW_SITE('second'))
  await site.php(`
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    $error = activate_plugin( 'attune/attune.php', '', true );
    if ( is_wp_error( $error ) ) { echo $error->get_error_message(); }
  `)
  expect(await json(INSTALLED)).toEqual([true, 44, true])
  expect(await json(ON_SITE(String(second), INSTALLED))).toEqual([true, 44, true])
  const secrets = [
    await json(`get_option( 'attune_secret' )`),
    await json(ON_SITE(String(second), `get_option( 'attune_secret' )`)),
  ]
  expect(secrets[0]).not.toBe(secrets[1])
})

test('a site that is made later is prepared too', async () => {
  expect(
    await json(
      `( function () { $id = ${NEW_SITE('third')}; return ${ON_SITE('$id', INSTALLED).replace('function ()', 'function () use ( $id )')}; } )()`,
    ),
  ).toEqual([true, 44, true])
})

test('each site is decided by its own ruleset', async () => {
  const revision = (name: string): string => phpText(publishedJson({ ...DOCUMENT, revision: name }))
  expect(
    await json(`( function () {
      Attune\\publish_ruleset( ${revision('first')} );
      switch_to_blog( 2 );
      $before = Attune\\load_ruleset();
      Attune\\publish_ruleset( ${revision('second')} );
      $second = Attune\\load_ruleset()['revision'];
      restore_current_blog();
      return array( $before, $second, Attune\\load_ruleset()['revision'], count( glob( Attune\\compiled_dir() . '/*.php' ) ) );
    } )()`),
  ).toEqual([null, 'second', 'first', 2])
  // WordPress drops the colon before a port from the host of a new site.
  await site.php(`$GLOBALS['wpdb']->query( "UPDATE wp_blogs SET domain = '${new URL(site.origin).host}'" );`)
  const given = async (path: string): Promise<string> =>
    (await (await site.fetch(`${path}?rest_route=/attune/v1/ruleset`)).json()).revision
  expect([await given('/'), await given('/second/')]).toEqual([
    expect.stringMatching(/^first\+/),
    expect.stringMatching(/^second\+/),
  ])
})

test('uninstalling removes what every site kept', async () => {
  const left = await json(`( function () {
    update_user_meta( 1, '_attune_shop', array( 'v' => 1 ) );
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    deactivate_plugins( 'attune/attune.php', false, true );
    uninstall_plugin( 'attune/attune.php' );
    global $wpdb;
    $left = array( $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->usermeta WHERE meta_key LIKE '\\\\_attune%'" ) );
    foreach ( get_sites( array( 'fields' => 'ids' ) ) as $id ) {
      switch_to_blog( $id );
      $left[] = $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->options WHERE option_name LIKE 'attune\\\\_%'" );
      $left[] = $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->posts WHERE post_type = 'attune_ruleset'" );
      restore_current_blog();
    }
    $left[] = count( glob( WP_CONTENT_DIR . '/cache/attune/*' ) );
    return array_map( 'intval', $left );
  } )()`)
  expect(left).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})
