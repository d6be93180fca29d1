import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { DOCUMENT, phpText, publishedJson } from '../support/wordpress-ruleset.ts'
import { adaptive, paragraph, variant } from '../support/wordpress-stage.ts'

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({
    version: '6.5',
    // A network knows no port: WordPress would send every page to another address.
    muPlugins: { 'stay.php': `<?php add_filter( 'redirect_canonical', '__return_false' );` },
  })
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

test('a site in a folder names what browsers keep after itself; the one at the root does as ever', async () => {
  const content = adaptive(
    { placementId: 'hero' },
    variant({ key: 'buyer', segments: ['buyer'] }, paragraph('MARK-BUYER')),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
  )
  const told = async (id: number, path: string) => {
    const post = await json(
      ON_SITE(
        String(id),
        `wp_insert_post( wp_slash( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Hero', 'post_content' => ${phpText(content)} ) ) )`,
      ),
    )
    const html = await (await site.fetch(`${path}?page_id=${post}`)).text()
    const config = JSON.parse(/id="attune-config">(.*?)<\/script>/.exec(html)![1]!)
    const [resolver = ''] = /<script[^>]*nowprocket>\(function.*?<\/script>/s.exec(html) ?? []
    return [config.scope, config.path, /localStorage\.(attune_known\w*)/.exec(resolver)?.[1]]
  }
  expect([await told(1, '/'), await told(2, '/second/')]).toEqual([
    ['', '/', 'attune_known'],
    ['_2', '/second/', 'attune_known_2'],
  ])
})

test('of the keys of several sites, each takes its own; of two of its own, none', async () => {
  const heard = await json(`( function () {
    Attune\\load_stage();
    $ruleset = Attune\\load_ruleset();
    $key     = fn ( string $hash, string $bits ): string => 'attune_k=v1.' . substr( $hash, 0, 6 ) . '.' . $bits;
    $own     = $key( $ruleset['hash'], 'AAAAAAEAAAA' );
    $others  = $key( '000000', 'AQAAAAAAAAA' );
    $heard   = array();
    foreach ( array( $own, "$own; $others", "$others; $own", $others, "$own; $own", "$own; " . $key( $ruleset['hash'], 'AQAAAAAAAAA' ), 'attune_k=x; ' . $own ) as $cookies ) {
      $_SERVER['HTTP_COOKIE'] = $cookies;
      $heard[] = count( Attune\\read_request_key( $ruleset ) );
    }
    return $heard;
  } )()`)
  expect(heard).toEqual([1, 1, 1, 0, 0, 0, 1])
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
