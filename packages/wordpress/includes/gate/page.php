<?php
/**
 * The page at the gate: what stands around placements is asked of rooms that something of the page loaded.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Begins a page: sends what headers it needs; for `template_redirect`. */
function begin_page(): void {
	$is_view = isset( $_GET['attune_view'] ); // phpcs:ignore WordPress.Security.NonceVerification.Recommended
	if ( null === load_ruleset() && ! $is_view ) {
		return;
	}
	$is_view ? load_stage() : load_page();
	guard_page();
}

/** Guards a page whose request carries what some cache may take for a segment key, in whatever letters; for `template_redirect`. */
function before_keyed_page(): void {
	if ( isset( $_COOKIE['attune_k'] ) || '' !== ( $_SERVER['HTTP_X_ATTUNE_SEGMENT'] ?? '' ) || false !== stripos( (string) ( $_SERVER['HTTP_COOKIE'] ?? '' ), 'attune_k' ) ) {
		load_room( 'cache' );
		guard_keyed_page();
	}
}

/** What stands in the head of a page; for `wp_head`. */
function print_head(): void {
	if ( function_exists( __NAMESPACE__ . '\\print_resolver' ) ) {
		print_resolver();
	}
	// Loaded with the stage, which a page without placements does without.
	if ( function_exists( __NAMESPACE__ . '\\print_view_style' ) ) {
		print_view_style();
	}
}

/** What stands at the foot of a page; for `wp_footer`. */
function print_foot(): void {
	if ( function_exists( __NAMESPACE__ . '\\print_resolver' ) ) {
		print_page_script();
	}
	if ( function_exists( __NAMESPACE__ . '\\print_view_bar' ) ) {
		print_view_bar();
	}
}

/** The end of a request; for `shutdown`. */
function end_page(): void {
	if ( function_exists( __NAMESPACE__ . '\\announce_horizon' ) ) {
		announce_horizon();
	}
}
