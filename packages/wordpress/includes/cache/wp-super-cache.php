<?php
/**
 * WP Super Cache: keeps a list of cookies that pages are told apart by.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The adapter. */
final class Wp_Super_Cache implements Cache_Adapter {

	public function name(): string {
		return 'WP Super Cache';
	}

	public function is_active(): bool {
		return ! empty( $GLOBALS['cache_enabled'] ) && function_exists( 'wp_cache_clear_cache' );
	}

	public function keys_on_segments(): bool {
		return in_array( CACHE_COOKIE, (array) ( $GLOBALS['wpsc_cookies'] ?? array() ), true );
	}

	public function purge_posts( array $ids ): void {
		if ( ! function_exists( 'wpsc_delete_post_cache' ) ) {
			$this->purge_all();
			return;
		}
		foreach ( $ids as $id ) {
			wpsc_delete_post_cache( $id );
		}
	}

	public function purge_urls( array $urls ): void {
		if ( ! function_exists( 'wpsc_delete_url_cache' ) ) {
			$this->purge_all();
			return;
		}
		foreach ( $urls as $url ) {
			wpsc_delete_url_cache( $url );
		}
	}

	public function purge_all(): void {
		wp_cache_clear_cache( get_current_blog_id() );
	}
}

/** Puts our cookie on its list, or takes it off; it keeps the list in its own configuration. */
function list_cookie_in_wp_super_cache(): void {
	if ( ! has_action( 'wpsc_add_cookie' ) ) {
		return;
	}
	$is_listed = ( new Wp_Super_Cache() )->keys_on_segments();
	if ( $is_listed !== wants_keyed_caches() ) {
		do_action( $is_listed ? 'wpsc_delete_cookie' : 'wpsc_add_cookie', CACHE_COOKIE );
	}
}
