<?php
/**
 * LiteSpeed Cache: the server keeps a page per value of the cookies that it is told to vary by.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The adapter. */
final class Litespeed implements Cache_Adapter {

	public function name(): string {
		return 'LiteSpeed Cache';
	}

	public function is_active(): bool {
		return defined( 'LSCWP_V' ) && defined( 'LITESPEED_ON' );
	}

	public function keys_on_segments(): bool {
		// The rewrite rules vary by one list, the answers' headers by the other: a page is told apart by both or by none.
		return in_array( CACHE_COOKIE, (array) apply_filters( 'litespeed_vary_cookies', array() ), true ) // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals
			&& in_array( CACHE_COOKIE, (array) apply_filters( 'litespeed_vary_curr_cookies', array() ), true ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals
	}

	public function purge_posts( array $ids ): void {
		foreach ( $ids as $id ) {
			do_action( 'litespeed_purge_post', $id );
		}
	}

	public function purge_urls( array $urls ): void {
		foreach ( $urls as $url ) {
			do_action( 'litespeed_purge_url', $url );
		}
	}

	public function purge_all(): void {
		do_action( 'litespeed_purge_all', 'Attune' );
	}
}

/**
 * Adds our cookie to those that LiteSpeed varies by; for `litespeed_vary_cookies` and `litespeed_vary_curr_cookies`.
 *
 * @param mixed $cookies Names.
 */
function add_litespeed_cookie( mixed $cookies ): mixed {
	return is_array( $cookies ) && wants_keyed_caches() ? array_values( array_unique( array_merge( $cookies, array( CACHE_COOKIE ) ) ) ) : $cookies;
}

/** Keeps this page out of it, which heeds a word of its own; for `attune_refuse_caches`. */
function refuse_litespeed(): void {
	do_action( 'litespeed_control_set_nocache', 'Attune: this page is one visitor\'s' );
}
