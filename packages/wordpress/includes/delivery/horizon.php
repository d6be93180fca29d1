<?php
/**
 * Until when a page that many visitors share stays right: time changes what schedules and hours decide.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The earliest second at which something on this page changes by time alone. */
final class Page_Horizon {
	public static int $until = PHP_INT_MAX;
}

/** Notes until when a part of a shared page is right, and lets no cache keep the page longer, as far as headers can say. */
function note_horizon( int $until ): void {
	if ( $until >= Page_Horizon::$until ) {
		return;
	}
	Page_Horizon::$until = $until;
	if ( ! headers_sent() ) {
		cap_max_age( max( 0, $until - time() ) );
	}
}

/**
 * Lowers `max-age` and `s-maxage` of a Cache-Control header that was set. Where none was, a proxy in front keeps the page for as
 * long as its configuration says; it is told when the end is near, and browsers are told to keep nothing, as before.
 */
function cap_max_age( int $seconds ): void {
	$is_said = false;
	foreach ( headers_list() as $header ) {
		if ( 0 === stripos( $header, 'Cache-Control:' ) ) {
			$is_said = true;
			header( capped_header( $header, $seconds ) );
		}
	}
	if ( ! $is_said && $seconds <= HOUR_IN_SECONDS && page_facts()->is_cacheable && has_proxy() ) {
		header( "Cache-Control: max-age=0, s-maxage={$seconds}" );
	}
}

/** Whether the owner said that a proxy in front keeps pages. */
function has_proxy(): bool {
	load_room( 'cache' );
	return ( new Proxy_Cache() )->is_active();
}

/** The header with no age above a number of seconds. */
function capped_header( string $header, int $seconds ): string {
	return (string) preg_replace_callback(
		'/\b(max-age|s-maxage)\s*=\s*"?([0-9]+)"?/i',
		static fn ( array $found ): string => $found[1] . '=' . min( (int) $found[2], $seconds ),
		$header
	);
}

/** Tells cache adapters when this page ends; for the end of a request. */
function announce_horizon(): void {
	if ( PHP_INT_MAX === Page_Horizon::$until ) {
		return;
	}
	/**
	 * A page that may be kept by caches changes by time alone.
	 *
	 * @param int $until Whole seconds since 1970 from which it must be made anew.
	 * @param int $post  Id of the post that it shows; 0 for none.
	 */
	do_action( 'attune_horizon', Page_Horizon::$until, (int) get_queried_object_id() );
}
