<?php
/**
 * WP Rocket: names the files of pages by cookies that it is told of.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The adapter. */
final class Wp_Rocket implements Cache_Adapter {

	public function name(): string {
		return 'WP Rocket';
	}

	public function is_active(): bool {
		return defined( 'WP_ROCKET_VERSION' ) && function_exists( 'rocket_clean_domain' );
	}

	public function keys_on_segments(): bool {
		// Rules of the web server answer before PHP and look at no cookie of ours.
		return function_exists( 'get_rocket_cache_dynamic_cookies' )
			&& in_array( CACHE_COOKIE, (array) get_rocket_cache_dynamic_cookies(), true )
			&& false === apply_filters( 'rocket_htaccess_mod_rewrite', true ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals
	}

	public function purge_posts( array $ids ): void {
		foreach ( $ids as $id ) {
			rocket_clean_post( $id );
		}
	}

	public function purge_urls( array $urls ): void {
		if ( function_exists( 'rocket_clean_files' ) ) {
			rocket_clean_files( $urls );
		} else {
			$this->purge_all();
		}
	}

	public function purge_all(): void {
		rocket_clean_domain();
	}
}

/**
 * Adds our cookie to those that WP Rocket tells pages apart by; for `rocket_cache_dynamic_cookies`.
 *
 * @param mixed $cookies Names.
 */
function add_rocket_cookie( mixed $cookies ): mixed {
	return is_array( $cookies ) && wants_keyed_caches() ? array_values( array_unique( array_merge( $cookies, array( CACHE_COOKIE ) ) ) ) : $cookies;
}

/**
 * Leaves the answering to PHP, which sees the cookie; for `rocket_htaccess_mod_rewrite`.
 *
 * @param mixed $rewrites Whether the web server answers by itself.
 */
function keep_rocket_in_php( mixed $rewrites ): mixed {
	return wants_keyed_caches() ? false : $rewrites;
}

/** Writes its configuration anew when the owner's wish changed; for `admin_init`. */
function renew_rocket(): void {
	$kept = get_option( 'attune_rocket_keys' );
	$now  = wants_keyed_caches() ? 'yes' : 'no';
	if ( $kept === $now || ! function_exists( 'rocket_generate_config_file' ) || ! function_exists( 'flush_rocket_htaccess' ) ) {
		return;
	}
	flush_rocket_htaccess();
	rocket_generate_config_file();
	rocket_clean_domain();
	update_option( 'attune_rocket_keys', $now, true );
}
