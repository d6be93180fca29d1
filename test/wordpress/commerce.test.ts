import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { DOCUMENT, publishOn } from '../support/wordpress-ruleset.ts'

// WooCommerce is not to be had from npm. This stands in for the functions of it that the plugin calls, and for nothing else:
// orders lie in an option, so that whoever reads them in another way than by these functions finds none.
const STAND_IN = `<?php
namespace Automattic\\WooCommerce\\Utilities {
  class FeaturesUtil { public static function declare_compatibility( $feature, $file, $is ) { $GLOBALS['declared'][] = array( $feature, plugin_basename( $file ), $is ); } }
}
namespace {
  class WooCommerce {}
  class Test_Order {
    public function __construct( public int $id, public array $data ) {}
    public function get_customer_id() { return $this->data['customer']; }
    public function get_currency() { return $this->data['currency'] ?? 'EUR'; }
    public function get_total() { return (string) $this->data['total']; }
    public function get_total_refunded() { return (string) ( $this->data['refunded'] ?? 0 ); }
    public function get_date_paid() { return isset( $this->data['paid'] ) ? new DateTime( '@' . $this->data['paid'] ) : null; }
    public function get_id() { return $this->id; }
    public function get_order_key() { return 'wc_order_' . $this->id; }
    public function get_date_created() { return new DateTime( '@' . $this->data['created'] ); }
    public function get_items() { return array_map( fn ( $item ) => new Test_Item( ...$item ), $this->data['items'] ?? array() ); }
  }
  class Test_Item {
    public function __construct( private int $product, private int $quantity ) {}
    public function get_product_id() { return $this->product; }
    public function get_quantity() { return $this->quantity; }
  }
  class Test_Product {
    public function __construct( private string $slug, private int $id = 0 ) {}
    public function get_slug() { return $this->slug; }
    public function get_id() { return $this->id; }
    public function get_name() { return ucfirst( $this->slug ); }
    public function get_price() { return '19.50'; }
  }
  function is_product() { return 'product' === ( $GLOBALS['test_page'] ?? '' ); }
  function is_cart() { return 'cart' === ( $GLOBALS['test_page'] ?? '' ); }
  function is_checkout() { return in_array( $GLOBALS['test_page'] ?? '', array( 'checkout', 'received' ), true ); }
  function is_order_received_page() { return 'received' === ( $GLOBALS['test_page'] ?? '' ); }
  function is_account_page() { return false; }
  function get_woocommerce_currency() { return 'EUR'; }
  function wc_get_is_paid_statuses() { return array( 'processing', 'completed' ); }
  function wc_get_order( $id ) { $all = get_option( 'test_orders', array() ); return isset( $all[ $id ] ) ? new Test_Order( $id, $all[ $id ] ) : false; }
  function wc_get_product( $id ) { $slugs = array( 1 => 'boots', 2 => 'tent', 3 => 'map' ); return isset( $slugs[ $id ] ) ? new Test_Product( $slugs[ $id ], (int) $id ) : false; }
  function wc_get_orders( $asked ) {
    $found = array();
    foreach ( get_option( 'test_orders', array() ) as $id => $data ) {
      if ( $data['customer'] === $asked['customer_id'] && in_array( $data['status'], $asked['status'], true ) ) { $found[] = new Test_Order( $id, $data ); }
    }
    return array_slice( $found, 0, $asked['limit'] );
  }
  add_action( 'plugins_loaded', fn () => do_action( 'before_woocommerce_init' ) );
}`

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({
    version: '6.5',
    muPlugins: { 'woocommerce.php': STAND_IN },
    content: `
      Attune\\save_settings( array( 'keep_days' => 3650 ) );
      $buyer = get_user_by( 'login', 'subscriber' )->ID;
      update_option( 'test_orders', array(
        11 => array( 'customer' => $buyer, 'status' => 'completed', 'total' => 100, 'refunded' => 20, 'paid' => 1700000000, 'created' => 1, 'items' => array( array( 1, 2 ), array( 2, 1 ) ) ),
        12 => array( 'customer' => $buyer, 'status' => 'processing', 'total' => 50.5, 'paid' => 1710000000, 'created' => 1, 'items' => array( array( 2, 1 ), array( 9, 1 ) ) ),
        13 => array( 'customer' => $buyer, 'status' => 'pending', 'total' => 999, 'created' => 1 ),
        14 => array( 'customer' => $buyer, 'status' => 'completed', 'total' => 40, 'currency' => 'USD', 'created' => 1705000000 ),
        15 => array( 'customer' => 0, 'status' => 'completed', 'total' => 7, 'created' => 1 ),
      ) );`,
  })
})
afterAll(() => site?.stop())

const json = async (code: string): Promise<unknown> =>
  JSON.parse(await site.php(`echo wp_json_encode( ${code} );`))
const BUYER = `get_user_by( 'login', 'subscriber' )->ID`
/** The buyer is at the shop and agreed. */
const AGREED = `wp_set_current_user( ${BUYER} ); $_SERVER['HTTP_COOKIE'] = 'attune_consent=preferences';`
const FACTS = `get_user_meta( ${BUYER}, '_attune_shop', true )`
/** Runs what was put on the clock, as cron does. */
const WORK = `foreach ( _get_cron_array() as $time => $hooks ) { foreach ( $hooks['attune_keep_facts'] ?? array() as $one ) { wp_unschedule_event( $time, 'attune_keep_facts', $one['args'] ); do_action_ref_array( 'attune_keep_facts', $one['args'] ); } }`

test('the shop is told that orders may be kept where it likes', async () => {
  expect(await json(`$GLOBALS['declared']`)).toEqual([
    ['custom_order_tables', 'attune/attune.php', true],
    ['cart_checkout_blocks', 'attune/attune.php', true],
  ])
})

test('a change of an order’s status works the buyer’s facts out, later and once', async () => {
  const facts = await json(`( function () {
    ${AGREED}
    do_action( 'woocommerce_order_status_changed', 11, 'pending', 'completed' );
    do_action( 'woocommerce_order_status_changed', 12, 'pending', 'processing' );
    $waiting = ${FACTS};
    ${WORK}
    return array( $waiting, ${FACTS} );
  } )()`)
  expect(facts).toEqual([
    '',
    {
      v: 1,
      orders: 3,
      spent: 130.5,
      first: 1_700_000_000,
      last: 1_710_000_000,
      products: ['boots', 'tent'],
      categories: [],
    },
  ])
})

test('they are traits of the buyer that is logged in, and a ruleset asks them', async () => {
  await publishOn(site, {
    ...DOCUMENT,
    traits: { shop_orders: { type: 'number' }, shop_products: { type: 'list' } },
    segments: {
      regular: {
        when: {
          all: [
            { attr: 'trait.shop_orders', atLeast: 3 },
            { attr: 'trait.shop_products', hasAny: ['tent'] },
          ],
        },
      },
    },
    experiences: [],
  })
  const traits = await json(`apply_filters( 'attune_user_traits', array(), ${BUYER} )`)
  expect(traits).toMatchObject({
    shop_orders: 3,
    shop_spent: 130.5,
    shop_average: 43.5,
    shop_products: ['boots', 'tent'],
  })
  expect(
    await json(`( function () {
      Attune\\load_stage();
      $ruleset = Attune\\load_ruleset();
      wp_set_current_user( ${BUYER} );
      $profile = Attune\\with_known_traits( Attune\\Core\\empty_profile( $ruleset['plan'] ), Attune\\Core\\consent_bits( array( 'preferences' => true ) ) );
      $question = new Attune\\Core\\Question( $profile, new stdClass(), Attune\\Core\\consent_bits( array( 'preferences' => true ) ), 1800000000000 );
      return Attune\\Core\\evaluate_segments( $ruleset, $question )['regular']['match'];
    } )()`),
  ).toBe(true)
})

test('a guest’s order keeps nothing, and somebody without paid orders is forgotten', async () => {
  expect(
    await json(`( function () {
      do_action( 'woocommerce_order_status_changed', 15, 'pending', 'completed' );
      $guest = wp_next_scheduled( 'attune_keep_facts', array( 0 ) );
      update_option( 'test_orders', array( 11 => array( 'status' => 'refunded' ) + get_option( 'test_orders' )[11] ) );
      do_action( 'woocommerce_order_refunded', 11, 99 );
      ${WORK}
      return array( $guest, ${FACTS} );
    } )()`),
  ).toEqual([false, ''])
})

test('of a buyer who did not agree nothing is kept, and what was kept goes at the login after', async () => {
  expect(
    await json(`( function () {
      delete_user_meta( ${BUYER}, '_attune_shop' );
      update_option( 'test_orders', array( 21 => array( 'customer' => ${BUYER}, 'status' => 'completed', 'total' => 5, 'created' => 1700000000 ) ) );
      wp_set_current_user( ${BUYER} );
      $_SERVER['HTTP_COOKIE'] = 'attune_consent=statistics';
      do_action( 'woocommerce_order_status_changed', 21, 'pending', 'completed' );
      do_action( 'wp_login', 'subscriber', get_user_by( 'login', 'subscriber' ) );
      wp_set_current_user( 1 );
      $_SERVER['HTTP_COOKIE'] = 'attune_consent=preferences';
      do_action( 'woocommerce_order_status_changed', 21, 'pending', 'completed' );
      ${WORK}
      $none = ${FACTS};
      update_user_meta( ${BUYER}, '_attune_shop', array( 'v' => 1 ) );
      $_SERVER['HTTP_COOKIE'] = 'attune_consent=none';
      do_action( 'wp_login', 'subscriber', get_user_by( 'login', 'subscriber' ) );
      return array( $none, ${FACTS} );
    } )()`),
  ).toEqual(['', ''])
})

test('an order that goes counts no more', async () => {
  expect(
    await json(`( function () {
      update_option( 'test_orders', array( 21 => array( 'customer' => ${BUYER}, 'status' => 'completed', 'total' => 5, 'created' => 1700000000 ) ) );
      ${AGREED}
      do_action( 'wp_login', 'subscriber', get_user_by( 'login', 'subscriber' ) );
      ${WORK}
      $before = ${FACTS}['orders'];
      do_action( 'woocommerce_before_delete_order', 21, wc_get_order( 21 ) );
      update_option( 'test_orders', array() );
      ${WORK}
      return array( $before, ${FACTS} );
    } )()`),
  ).toEqual([1, ''])
})

test('of a buyer whose last order is older than facts are kept, a login keeps none', async () => {
  expect(
    await json(`( function () {
      update_option( 'test_orders', array( 22 => array( 'customer' => ${BUYER}, 'status' => 'completed', 'total' => 5, 'paid' => time() - 40 * DAY_IN_SECONDS, 'created' => 1 ) ) );
      $kept = array();
      foreach ( array( 41, 39 ) as $days ) {
        Attune\\save_settings( array( 'keep_days' => $days ) );
        do_action( 'attune_keep_facts', ${BUYER} );
        $kept[] = ${FACTS}['orders'] ?? 0;
      }
      Attune\\save_settings( array( 'keep_days' => 3650 ) );
      return $kept;
    } )()`),
  ).toEqual([1, 0])
})

test('with Action Scheduler one buyer’s work does not keep another’s from being queued', async () => {
  // As it was until 2026: unique work is that of a hook and a group, whatever its arguments.
  const scheduler = `
    $GLOBALS['queued'] = array();
    function as_enqueue_async_action( $hook, $args, $group, $unique = false ) {
      if ( ! $unique || array() === $GLOBALS['queued'] ) { $GLOBALS['queued'][] = array( $hook, $args, $group ); }
    }
    function as_get_scheduled_actions( $asked, $form ) {
      return array_keys( array_filter( $GLOBALS['queued'], fn ( $one ) => array( $asked['hook'], $asked['args'], $asked['group'] ) === $one ) );
    }`
  expect(
    JSON.parse(
      await site.php(
        `Attune\\load_room( 'commerce' ); ${scheduler} foreach ( array( 5, 6, 5 ) as $user ) { Attune\\renew_facts( $user ); } echo wp_json_encode( $GLOBALS['queued'] );`,
      ),
    ),
  ).toEqual([
    ['attune_keep_facts', [5], 'attune'],
    ['attune_keep_facts', [6], 'attune'],
  ])
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})

/** What a page of the shop tells the tracker. */
const told = (page: string, more = ''): Promise<unknown> =>
  json(
    `( function () { $GLOBALS['test_page'] = '${page}'; ${more} return apply_filters( 'attune_page_events', array() ); } )()`,
  )

test('a product tells that it was looked at, with the names of GA4', async () => {
  const post = `$GLOBALS['wp_query'] = new WP_Query(); $GLOBALS['wp_query']->queried_object = get_post( 1 ); $GLOBALS['wp_query']->queried_object_id = 1;`
  expect(await told('product', post)).toEqual([
    { name: 'view_item', properties: { item_id: '1', item_name: 'Boots', price: 19.5 } },
  ])
})

test('cart and checkout say that they were reached', async () => {
  expect(await told('cart')).toEqual([{ name: 'view_cart', properties: {} }])
  expect(await told('checkout')).toEqual([{ name: 'begin_checkout', properties: {} }])
  expect(await told('')).toEqual([])
})

test('a purchase is told to whoever holds the order’s key, and to nobody else', async () => {
  const order = `update_option( 'test_orders', array( 31 => array( 'customer' => 0, 'status' => 'processing', 'total' => 42.5, 'created' => 1 ) ) ); $GLOBALS['wp_query'] = new WP_Query(); set_query_var( 'order-received', 31 );`
  expect(await told('received', `${order} $_GET['key'] = 'wc_order_31';`)).toEqual([
    { name: 'purchase', properties: { transaction_id: '31', value: 42.5, currency: 'EUR' } },
  ])
  expect(await told('received', `${order} $_GET['key'] = 'guessed';`)).toEqual([])
  expect(await told('received', `${order} $_GET['key'] = array( 'x' );`)).toEqual([])
  expect(await told('received', order)).toEqual([])
})
