<?php
/**
 * When a buyer's facts are worked out anew.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The action under which Action Scheduler works facts out. */
const FACTS_ACTION = 'attune_keep_facts';

/** Says that we use orders and the cart blocks only as WooCommerce means it; for `before_woocommerce_init`. */
function declare_commerce_compatibility(): void {
	$features = '\Automattic\WooCommerce\Utilities\FeaturesUtil';
	if ( class_exists( $features ) ) {
		$features::declare_compatibility( 'custom_order_tables', ATTUNE_FILE, true );
		$features::declare_compatibility( 'cart_checkout_blocks', ATTUNE_FILE, true );
	}
}

/** An order changed its status or was paid back in part; for `woocommerce_order_status_changed`, `woocommerce_order_refunded`. */
function note_order( mixed $order_id ): void {
	$order = is_numeric( $order_id ) ? wc_get_order( (int) $order_id ) : null;
	$buyer = $order ? (int) $order->get_customer_id() : 0;
	if ( may_keep_facts( $buyer ) ) {
		renew_facts( $buyer );
	}
}

/** An order goes, and is still there while this runs; for `woocommerce_before_delete_order`. */
function forget_order( mixed $order_id, mixed $order = null ): void {
	$found = is_object( $order ) ? $order : wc_get_order( (int) $order_id );
	if ( $found ) {
		renew_facts( (int) $found->get_customer_id() );
	}
}

/**
 * A user logs in; for `wp_login`. Who agrees and of whom nothing is kept yet is caught up with: the shop is older than the plugin. What
 * is kept of somebody who does not agree any more goes.
 */
function catch_up( mixed $login, mixed $user ): void {
	if ( ! $user instanceof \WP_User || ! function_exists( 'wc_get_orders' ) ) {
		return;
	}
	if ( ! agrees_to_facts() ) {
		delete_user_meta( $user->ID, FACTS_META );
	} elseif ( null === customer_facts( $user->ID ) ) {
		renew_facts( $user->ID );
	}
}

/** Whether facts of a buyer may be kept: the buyer asks for this page and agrees, or agreed before and they are kept already. */
function may_keep_facts( int $buyer ): bool {
	if ( $buyer <= 0 ) {
		return false;
	}
	return get_current_user_id() === $buyer ? agrees_to_facts() : null !== customer_facts( $buyer );
}

/** Whether whoever asks for this page granted what facts need. */
function agrees_to_facts(): bool {
	load_stage();
	return Core\is_granted( read_consent(), 'preferences' );
}

/** Works a buyer's facts out soon, in the background: by WooCommerce's scheduler where it is there. */
function renew_facts( int $user ): void {
	if ( $user <= 0 ) {
		return;
	}
	if ( function_exists( 'as_enqueue_async_action' ) ) {
		// A row of changes to one order is one piece of work. What the scheduler itself calls unique leaves out who is meant, so that
		// one buyer's work would keep another's from being queued.
		$waiting = as_get_scheduled_actions( array( 'hook' => FACTS_ACTION, 'args' => array( $user ), 'group' => 'attune', 'status' => 'pending', 'per_page' => 1 ), 'ids' );
		if ( array() === $waiting ) {
			as_enqueue_async_action( FACTS_ACTION, array( $user ), 'attune' );
		}
	} elseif ( false === wp_next_scheduled( FACTS_ACTION, array( $user ) ) ) {
		wp_schedule_single_event( time(), FACTS_ACTION, array( $user ) );
	}
}
