import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { DOCUMENT, phpText, publishedJson, publishOn } from '../support/wordpress-ruleset.ts'

// Stand-ins for the functions, filters and actions that the adapters use, as the caches document them. Each writes down what it was
// asked to forget. `$active` says which of them there are.
const STAND_INS = `<?php
$active = explode( ',', (string) ( $_SERVER['HTTP_X_TEST_CACHES'] ?? getenv( 'TEST_CACHES' ) ?: '' ) );
$note = function ( $what ) { $GLOBALS['forgot'][] = $what; };
if ( in_array( 'super', $active, true ) ) {
  $GLOBALS['cache_enabled'] = true;
  $GLOBALS['wpsc_cookies'] = array();
  function wp_cache_clear_cache( $blog ) { $GLOBALS['forgot'][] = "super all $blog"; }
  function wpsc_delete_post_cache( $id ) { $GLOBALS['forgot'][] = "super $id"; }
  function wpsc_delete_url_cache( $url ) { $GLOBALS['forgot'][] = "super $url"; }
  add_action( 'wpsc_add_cookie', function ( $name ) { $GLOBALS['wpsc_cookies'][] = $name; } );
  add_action( 'wpsc_delete_cookie', function ( $name ) { $GLOBALS['wpsc_cookies'] = array_diff( $GLOBALS['wpsc_cookies'], array( $name ) ); } );
}
if ( in_array( 'rocket', $active, true ) ) {
  define( 'WP_ROCKET_VERSION', '3.20' );
  function rocket_clean_domain() { $GLOBALS['forgot'][] = 'rocket all'; }
  function rocket_clean_post( $id ) { $GLOBALS['forgot'][] = "rocket $id"; }
  function rocket_clean_files( $urls ) { $GLOBALS['forgot'][] = 'rocket ' . implode( ' ', $urls ); }
  function get_rocket_cache_dynamic_cookies() { return apply_filters( 'rocket_cache_dynamic_cookies', array( 'other' ) ); }
  function flush_rocket_htaccess() { $GLOBALS['forgot'][] = 'rocket rules'; }
  function rocket_generate_config_file() { $GLOBALS['forgot'][] = 'rocket config'; }
}
if ( in_array( 'litespeed', $active, true ) ) {
  define( 'LSCWP_V', '7.0' );
  define( 'LITESPEED_ON', true );
  add_action( 'litespeed_purge_all', fn () => $note( 'litespeed all' ) );
  add_action( 'litespeed_purge_post', fn ( $id ) => $note( "litespeed $id" ) );
  add_action( 'litespeed_purge_url', fn ( $url ) => $note( "litespeed $url" ) );
}
if ( in_array( 'proxy', $active, true ) ) {
  define( 'ATTUNE_PURGE_SERVERS', 'http://127.0.0.1:6081, http://127.0.0.1:6082' );
  add_filter( 'pre_http_request', function ( $answer, $asked, $url ) use ( $note ) { $note( $asked['method'] . ' ' . $url . ' ' . $asked['headers']['Host'] ); return array(); }, 99, 3 );
}
if ( in_array( 'keyed', $active, true ) ) {
  define( 'ATTUNE_KEY_CACHES', true );
  define( 'ATTUNE_PROXY_KEYS', true );
}`

const CONTENT =
  '<!-- wp:attune/adaptive {"placementId":"hero"} --><!-- wp:attune/variant {"key":"de","segments":["germany"]} /--><!-- /wp:attune/adaptive -->'

let site: WordPressSite
let page: number

beforeAll(async () => {
  site = await startWordPress({ version: '6.5', muPlugins: { '00-caches.php': STAND_INS } })
  await publishOn(site)
  page = Number(
    await site.php(`
      $insert = fn ( $post ) => wp_insert_post( wp_slash( $post + array( 'post_status' => 'publish', 'post_title' => 'T' ) ) );
      $insert( array( 'post_content' => 'plain' ) );
      echo $insert( array( 'post_content' => '${CONTENT}' ) );
    `),
  )
})
afterAll(() => site?.stop())

/** What PHP answers with some caches there; they are read before plugins are, so they come by the environment. */
async function having(caches: string, code: string): Promise<unknown> {
  process.env.TEST_CACHES = caches
  try {
    return JSON.parse(await site.php(`Attune\\load_room( 'cache' ); echo wp_json_encode( ${code} );`))
  } finally {
    delete process.env.TEST_CACHES
  }
}

const FACTS = `array( Attune\\cache_adapter()?->name(), Attune\\caches_key_on_segments() )`
const PUBLISH = `( function () { Attune\\publish_ruleset( ${phpText(publishedJson(DOCUMENT))} ); return $GLOBALS['forgot'] ?? array(); } )()`

describe('a cache', () => {
  test('is found when it is there, and is not taken to key on segments', async () => {
    expect(await having('', FACTS)).toEqual([null, false])
    expect(await having('super', FACTS)).toEqual(['WP Super Cache', false])
    expect(await having('rocket', FACTS)).toEqual(['WP Rocket', false])
    expect(await having('litespeed', FACTS)).toEqual(['LiteSpeed Cache', false])
    expect(await having('proxy', FACTS)).toEqual(['Proxy (Varnish, nginx)', false])
  })

  test('keys on segments once the owner says so', async () => {
    expect(await having('rocket,keyed', FACTS)).toEqual(['WP Rocket, Proxy (Varnish, nginx)', true])
    expect(await having('litespeed,keyed', FACTS)).toEqual(['LiteSpeed Cache, Proxy (Varnish, nginx)', true])
    expect(await having('super,keyed', FACTS)).toEqual(['WP Super Cache, Proxy (Varnish, nginx)', false])
    expect(
      await having('super,keyed', `( function () { Attune\\renew_caches(); return ${FACTS}; } )()`),
    ).toEqual(['WP Super Cache, Proxy (Varnish, nginx)', true])
  })

  test('that does not, among several that do, keeps pages the same for all', async () => {
    expect(await having('super,rocket,keyed', FACTS)).toEqual([expect.any(String), false])
  })

  test('is none where the owner says that there is none', async () => {
    expect(
      await having(
        'super',
        `( function () { add_filter( 'pre_option_attune_settings', fn () => array( 'page_cache' => 'none' ) ); return ${FACTS}; } )()`,
      ),
    ).toEqual([null, false])
  })

  test('forgets the pages with placements, and no others, when a ruleset is published', async () => {
    expect(await having('super', PUBLISH)).toEqual([`super ${page}`])
    expect(await having('rocket', PUBLISH)).toEqual([`rocket ${page}`])
    expect(await having('litespeed', PUBLISH)).toEqual([`litespeed ${page}`])
    const host = new URL(site.origin).host
    expect(await having('proxy', PUBLISH)).toEqual([
      `PURGE http://127.0.0.1:6081/t-2/ ${host}`,
      `PURGE http://127.0.0.1:6082/t-2/ ${host}`,
    ])
  })

  test('forgets all pages when a template or widget holds a placement', async () => {
    const widget = `add_filter( 'option_widget_block', fn () => array( 2 => array( 'content' => '<!-- wp:attune/adaptive /-->' ) ) );`
    expect(await having('super', `( function () { ${widget} return ${PUBLISH}; } )()`)).toEqual([
      'super all 1',
    ])
    const template = `wp_insert_post( wp_slash( array( 'post_type' => 'wp_template_part', 'post_status' => 'publish', 'post_content' => '${CONTENT}' ) ) )`
    expect(
      await having(
        'rocket',
        `( function () { $id = ${template}; $forgot = $GLOBALS['forgot']; wp_delete_post( $id, true ); return $forgot; } )()`,
      ),
    ).toEqual(['rocket all'])
  })

  test('forgets all pages when what the script of every page is told is another', async () => {
    const save = (settings: string): string =>
      `( function () { Attune\\save_settings( array( ${settings} ) ); return array_values( array_unique( $GLOBALS['forgot'] ?? array() ) ); } )()`
    expect(await having('super', save(`'explicit_consent' => false`))).toEqual(['super all 1'])
    expect(await having('super', save(`'explicit_consent' => true`))).toEqual(['super all 1'])
    expect(await having('super', save(`'confidential' => array( 'buyer' )`))).toEqual([`super ${page}`])
    expect(await having('super', save(`'confidential' => array()`))).toEqual([`super ${page}`])
  })

  test('forgets the pages that show a synced pattern when that is saved', async () => {
    const forgot = await having(
      'litespeed',
      `( function () {
        $pattern = wp_insert_post( wp_slash( array( 'post_type' => 'wp_block', 'post_status' => 'publish', 'post_title' => 'P', 'post_content' => '${CONTENT}' ) ) );
        $user = wp_insert_post( wp_slash( array( 'post_status' => 'publish', 'post_title' => 'U', 'post_content' => '<!-- wp:block {"ref":' . $pattern . '} /-->' ) ) );
        $GLOBALS['forgot'] = array();
        wp_update_post( array( 'ID' => $pattern, 'post_title' => 'Q' ) );
        $forgot = $GLOBALS['forgot'];
        wp_delete_post( $user, true );
        wp_delete_post( $pattern, true );
        return array( $forgot, "litespeed $user" );
      } )()`,
    )
    const [seen, wanted] = forgot as readonly [string[], string]
    expect(seen).toEqual([wanted])
  })

  test('is told to forget a page when time changes it', async () => {
    const set = await having(
      'super',
      `( function () {
        $GLOBALS['wp_query']->is_singular = true;
        do_action( 'attune_horizon', time() + 600, ${page} );
        $at = wp_next_scheduled( 'attune_purge_post', array( ${page} ) );
        do_action( 'attune_purge_post', ${page} );
        return array( abs( $at - time() - 600 ) < 5, $GLOBALS['forgot'] );
      } )()`,
    )
    expect(set).toEqual([true, [`super ${page}`]])
  })

  test('is told earlier when the page comes to change earlier', async () => {
    const seconds = await having(
      'super',
      `( function () {
        $GLOBALS['wp_query']->is_singular = true;
        wp_unschedule_hook( 'attune_purge_post' );
        foreach ( array( 86400, 3600, 3500, 7200 ) as $after ) { do_action( 'attune_horizon', time() + $after, ${page} ); }
        $at = array_keys( array_filter( _get_cron_array(), fn ( $hooks ) => isset( $hooks['attune_purge_post'] ) ) );
        wp_unschedule_hook( 'attune_purge_post' );
        return array_map( fn ( $one ) => (int) round( ( $one - time() ) / 100 ) * 100, $at );
      } )()`,
    )
    expect(seconds).toEqual([3500])
  })
})

describe('a page that shows no single post', () => {
  /** What is timed after pages were made: `[address, seconds]`, and what is forgotten then. */
  const made = (caches: string, pages: string): Promise<unknown> =>
    having(
      caches,
      `( function () {
        wp_unschedule_hook( 'attune_purge_url' );
        $make = function ( $path, $after, $is = array() ) {
          $GLOBALS['wp']->request = $path;
          $GLOBALS['wp_query']->init();
          foreach ( $is as $one ) { $GLOBALS['wp_query']->{$one} = true; }
          do_action( 'attune_horizon', time() + $after, 0 );
        };
        ${pages}
        $timed = array();
        foreach ( _get_cron_array() as $at => $hooks ) {
          foreach ( $hooks['attune_purge_url'] ?? array() as $event ) { $timed[ $at . $event['args'][0] ] = array( $event['args'][0], (int) round( ( $at - time() ) / 100 ) * 100 ); }
        }
        $GLOBALS['forgot'] = array();
        foreach ( $timed as $one ) { do_action( 'attune_purge_url', $one[0] ); }
        wp_unschedule_hook( 'attune_purge_url' );
        return array( count( $timed ) > 9 ? count( $timed ) : array_values( $timed ), array_values( array_unique( $GLOBALS['forgot'] ) ) );
      } )()`,
    )

  test.each([
    ['super', 'super '],
    ['rocket', 'rocket '],
    ['litespeed', 'litespeed '],
  ])('is forgotten by %s at its address when time changes it', async (caches, says) => {
    const shop = `${site.origin}/topic/beans/`
    expect(
      await made(
        caches,
        `update_option( 'permalink_structure', '/%postname%/' ); $GLOBALS['wp_rewrite']->init();
         $make( 'topic/beans', 900, array( 'is_archive' ) ); $make( 'topic/beans', 1800, array( 'is_archive' ) );
         $make( '', 700, array( 'is_home' ) );`,
      ),
    ).toEqual([
      [
        [`${site.origin}/`, 700],
        [shop, 900],
      ],
      [`${says}${site.origin}/`, `${says}${shop}`],
    ])
  })

  test('that only its query names, all pages are forgotten; one that is not there, none', async () => {
    expect(
      await made('super', `$make( '', 600, array( 'is_archive' ) ); $make( 'no', 300, array( 'is_404' ) );`),
    ).toEqual([[['', 600]], ['super all 1']])
  })

  test('whose address names a file of WordPress is forgotten at that, and not at another', async () => {
    expect(
      await made(
        'super',
        `$GLOBALS['wp_rewrite']->set_permalink_structure( '/index.php/%postname%/' );
         $make( 'topic/beans', 900, array( 'is_archive' ) );`,
      ),
    ).toEqual([
      [[`${site.origin}/index.php/topic/beans/`, 900]],
      [`super ${site.origin}/index.php/topic/beans/`],
    ])
  })

  test('addresses that anybody can make up do not fill the clock', async () => {
    const [timed, forgot] = (await made(
      'super',
      `for ( $at = 0; $at < 230; $at++ ) { $make( "topic/a+$at", 600 + $at, array( 'is_archive' ) ); }`,
    )) as readonly [number, string[]]
    expect([timed, forgot.at(-1)]).toEqual([201, 'super all 1'])
  })
})

test('a proxy that does not answer holds nobody up for long, and is asked to forget everything in the end', async () => {
  const asked = (await having(
    'proxy',
    `( function () {
      add_filter( 'pre_http_request', function ( $answer ) { usleep( 1000000 ); return $answer; } );
      Attune\\purge_addresses( array_map( fn ( $at ) => home_url( "/p-$at/" ), range( 1, 200 ) ), 'PURGE' );
      return $GLOBALS['forgot'];
    } )()`,
  )) as readonly string[]
  const { host } = new URL(site.origin)
  const first = asked.filter((one) => one.includes(':6081/'))
  expect(first.slice(0, 2)).toEqual([1, 2].map((at) => `PURGE http://127.0.0.1:6081/p-${at}/ ${host}`))
  expect(first.at(-1)).toBe(`BAN http://127.0.0.1:6081/ ${host}`)
  expect(asked.at(-1)).toBe(`BAN http://127.0.0.1:6082/ ${host}`)
  expect(asked.length).toBeLessThanOrEqual(10)
})

test('a cache that keys on segments keeps the pages of 64 keys a day, and of none that is not ours', async () => {
  const page = (cookie: string): string => `( function () {
    $_SERVER['HTTP_COOKIE'] = 'attune_k=${cookie}';
    $_COOKIE['attune_k'] = $_SERVER['HTTP_X_ATTUNE_SEGMENT'] = '${cookie}';
    Attune\\guard_keyed_page();
    return defined( 'DONOTCACHEPAGE' );
  } )()`
  const hash = String(await having('', `substr( Attune\\load_ruleset()['hash'], 0, 6 )`))
  const refused = async (cookie: string): Promise<unknown> => having('rocket,keyed', page(cookie))
  expect(await refused(`v1.${hash}.AgAAAAAAAAA`)).toBe(false)
  expect(await refused('v1.000000.AgAAAAAAAAA')).toBe(true)
  expect(await refused('anything')).toBe(true)
  expect(await having('rocket', page('anything'))).toBe(false)
  const admitted = await having(
    '',
    `array_map( fn ( $at ) => Attune\\admit_key( "k$at", 'hash', 1000000 + $at ), array_merge( range( 1, 65 ), array( 64, 86465 ) ) )`,
  )
  expect(admitted).toEqual([...Array.from({ length: 64 }, () => true), false, true, true])
})

test('a proxy that says that there is no key says nothing: FastCGI hands over empty headers', async () => {
  const guarded = async (cookie: string): Promise<unknown> =>
    having(
      'rocket,keyed',
      `( function () {
        $_SERVER['HTTP_X_ATTUNE_SEGMENT'] = '';
        $_SERVER['HTTP_COOKIE'] = '${cookie}';
        Attune\\before_keyed_page();
        return defined( 'DONOTCACHEPAGE' );
      } )()`,
    )
  expect(await guarded('other=1')).toBe(false)
  expect(await guarded('attune_k=anything')).toBe(true)
})

test('WP Rocket writes its rules anew once, when the wish changes', async () => {
  const renew = `( function () { Attune\\renew_caches(); Attune\\renew_caches(); return $GLOBALS['forgot'] ?? array(); } )()`
  expect(await having('rocket,keyed', renew)).toEqual(['rocket rules', 'rocket config', 'rocket all'])
  expect(await having('rocket,keyed', renew)).toEqual([])
  expect(await having('rocket', renew)).toEqual(['rocket rules', 'rocket config', 'rocket all'])
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})
