<?php
/**
 * What is settled about a page before any of it is printed: afterwards no header can be sent.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Sends the headers that this page needs; for `template_redirect`, after which WordPress renders. */
function guard_page(): void {
	if ( isset( $_GET['attune_view'] ) ) { // phpcs:ignore WordPress.Security.NonceVerification.Recommended
		// A link that is not ours is as little to be stored or listed as one that is.
		refuse_caches();
		say_header( 'X-Robots-Tag: noindex, nofollow' );
	}
	if ( asks_for_server() ) {
		refuse_caches();
	}
	$page = page_facts();
	if ( ! $page->is_page ) {
		return;
	}
	if ( $page->is_edge ) {
		guard_edge_page();
	} elseif ( ! $page->is_cacheable && null !== load_ruleset() ) {
		keep_private();
	}
}

/** Whether the post that is asked for holds a placement whose editor wants it chosen on the server. */
function asks_for_server(): bool {
	$post = is_singular() && ! is_feed() ? get_queried_object() : null;
	return $post instanceof \WP_Post && str_contains( $post->post_content, '"delivery":"server"' );
}

/** A page of all variants is for the edge that asked alone; caches of WordPress cannot tell it apart. */
function guard_edge_page(): void {
	if ( ! defined( 'DONOTCACHEPAGE' ) ) {
		define( 'DONOTCACHEPAGE', true );
	}
	say_header( 'X-Attune-Slots: 1' );
	say_header( 'Vary: X-Attune-Edge', false );
}

/** Sends a header while that can be done: other code may have printed something already. */
function say_header( string $header, bool $replaces = true ): void {
	if ( ! headers_sent() ) {
		header( $header, $replaces );
	}
}

/** A page that is decided for its visitor says so to caches on the way, unless something stricter was said. */
function keep_private(): void {
	foreach ( headers_list() as $header ) {
		if ( 0 === stripos( $header, 'Cache-Control:' ) && 1 === preg_match( '/\b(?:private|no-store)\b/i', $header ) ) {
			return;
		}
	}
	say_header( 'Cache-Control: private, no-cache, max-age=0' );
}
