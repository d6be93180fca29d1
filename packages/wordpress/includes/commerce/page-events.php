<?php
/**
 * What a page of the shop tells of itself: a product was looked at, a checkout begun, something was bought.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Adds the event of this page, with GA4's names; a product's is the same for everybody, the others stand on pages that no cache keeps.
 *
 * @param list<array{name: string, properties: array<string, mixed>}> $events So far.
 * @return list<array{name: string, properties: array<string, mixed>}>
 */
function add_shop_events( array $events ): array {
	if ( ! function_exists( 'is_product' ) || ! function_exists( 'wc_get_product' ) ) {
		return $events;
	}
	$event = shop_event();
	return null === $event ? $events : array( ...$events, $event );
}

/** @return ?array{name: string, properties: array<string, mixed>} */
function shop_event(): ?array {
	if ( is_product() ) {
		return product_event( wc_get_product( get_queried_object_id() ) );
	}
	if ( is_order_received_page() ) {
		return order_event( wc_get_order( (int) get_query_var( 'order-received' ) ) );
	}
	if ( is_checkout() ) {
		return array( 'name' => 'begin_checkout', 'properties' => new \stdClass() );
	}
	return is_cart() ? array( 'name' => 'view_cart', 'properties' => new \stdClass() ) : null;
}

/** @param mixed $product As WooCommerce gives it; false when there is none. */
function product_event( mixed $product ): ?array {
	if ( ! is_object( $product ) ) {
		return null;
	}
	$categories = get_the_terms( $product->get_id(), 'product_cat' );
	return array(
		'name'       => 'view_item',
		'properties' => array_filter(
			array(
				'item_id'       => (string) $product->get_id(),
				'item_name'     => (string) $product->get_name(),
				'item_category' => is_array( $categories ) && array() !== $categories ? reset( $categories )->slug : '',
				'price'         => (float) $product->get_price(),
			),
			static fn ( mixed $value ): bool => '' !== $value
		),
	);
}

/**
 * A purchase, for whoever holds the order's key: the address of the page alone is guessed.
 *
 * @param mixed $order As WooCommerce gives it; false when there is none.
 */
function order_event( mixed $order ): ?array {
	$key = $_GET['key'] ?? null; // phpcs:ignore WordPress.Security.NonceVerification.Recommended
	if ( ! is_object( $order ) || ! is_string( $key ) || ! hash_equals( (string) $order->get_order_key(), wp_unslash( $key ) ) ) {
		return null;
	}
	return array(
		'name'       => 'purchase',
		'properties' => array(
			'transaction_id' => (string) $order->get_id(),
			'value'          => (float) $order->get_total(),
			'currency'       => (string) $order->get_currency(),
		),
	);
}
