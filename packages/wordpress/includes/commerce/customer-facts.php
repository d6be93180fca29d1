<?php
/**
 * What the shop knows of a buyer, worked out when an order changes and never while a page waits.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** User meta: one array, see customer_facts(). */
const FACTS_META = '_attune_shop';
/** The shape of it; another one is worked out anew. */
const FACTS_VERSION = 1;
/** So many of the newest orders are looked at. */
const MAX_ORDERS = 500;
/** The most different products and categories that are kept, those bought most often first. */
const MAX_BOUGHT = 20;

/**
 * Works a buyer's facts out from their paid orders (the statuses that WooCommerce calls paid), the newest 500.
 *
 * `orders` number; `spent` what was paid less what was given back, in the shop's currency, orders in others left out; `first`,
 * `last` seconds since 1970 of payment; `products`, `categories` slugs, bought most often first.
 *
 * @return array<string, mixed>|null Null without a paid order.
 */
function work_out_facts( int $user ): ?array {
	$orders = wc_get_orders(
		array(
			'customer_id' => $user,
			'status'      => wc_get_is_paid_statuses(),
			'type'        => 'shop_order',
			'limit'       => MAX_ORDERS,
			'orderby'     => 'date',
			'order'       => 'DESC',
		)
	);
	if ( array() === $orders ) {
		return null;
	}
	$spent = 0.0;
	$times = array();
	$items = array();
	foreach ( $orders as $order ) {
		if ( get_woocommerce_currency() === $order->get_currency() ) {
			$spent += (float) $order->get_total() - (float) $order->get_total_refunded();
		}
		$paid    = $order->get_date_paid() ?? $order->get_date_created();
		$times[] = null === $paid ? 0 : (int) $paid->getTimestamp();
		foreach ( $order->get_items() as $item ) {
			$product           = (int) $item->get_product_id();
			$items[ $product ] = ( $items[ $product ] ?? 0 ) + max( 1, (int) $item->get_quantity() );
		}
	}
	$times = array_filter( $times );
	return array(
		'v'          => FACTS_VERSION,
		'orders'     => count( $orders ),
		'spent'      => round( max( 0.0, $spent ), 2 ),
		'first'      => array() === $times ? 0 : min( $times ),
		'last'       => array() === $times ? 0 : max( $times ),
		'products'   => most_bought( $items, product_slugs( ... ) ),
		'categories' => most_bought( $items, category_slugs( ... ) ),
	);
}

/**
 * The names of what was bought most often.
 *
 * @param array<int, int>                $items    Product → how many.
 * @param callable( int ): list<string> $names_of Of a product.
 * @return list<string>
 */
function most_bought( array $items, callable $names_of ): array {
	$counts = array();
	foreach ( $items as $product => $count ) {
		foreach ( $names_of( $product ) as $name ) {
			$counts[ $name ] = ( $counts[ $name ] ?? 0 ) + $count;
		}
	}
	// Equal ones by name, so that the same orders always give the same list.
	uksort( $counts, static fn ( string|int $a, string|int $b ): int => $counts[ $b ] <=> $counts[ $a ] ?: strcmp( (string) $a, (string) $b ) );
	return array_map( 'strval', array_slice( array_keys( $counts ), 0, MAX_BOUGHT ) );
}

/**
 * The slug of a product, as a list; empty for one that is gone.
 *
 * @return list<string>
 */
function product_slugs( int $product ): array {
	$found = wc_get_product( $product );
	return $found ? array( (string) $found->get_slug() ) : array();
}

/**
 * The slugs of a product's categories.
 *
 * @return list<string>
 */
function category_slugs( int $product ): array {
	$terms = get_the_terms( $product, 'product_cat' );
	return is_array( $terms ) ? array_map( static fn ( \WP_Term $term ): string => $term->slug, $terms ) : array();
}

/** Works out and keeps a buyer's facts; forgets them when no paid order is left, or none so young that facts are kept. */
function keep_facts( int $user ): void {
	if ( $user <= 0 || ! function_exists( 'wc_get_orders' ) ) {
		return;
	}
	$facts = work_out_facts( $user );
	if ( null === $facts || $facts['last'] < time() - settings()['keep_days'] * DAY_IN_SECONDS ) {
		delete_user_meta( $user, FACTS_META );
	} else {
		update_user_meta( $user, FACTS_META, wp_slash( $facts ) );
	}
}

/**
 * What is kept of a buyer; null for none.
 *
 * @return array<string, mixed>|null
 */
function customer_facts( int $user ): ?array {
	$kept = get_user_meta( $user, FACTS_META, true );
	return is_array( $kept ) && FACTS_VERSION === ( $kept['v'] ?? 0 ) ? $kept : null;
}
