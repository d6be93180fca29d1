<?php
/**
 * Bounds how many pages a cache that keys on segments keeps: whoever writes other keys into their cookie gets pages that are not kept.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The option: array( hash, array( key => seconds since 1970 when it was last admitted ) ); not autoloaded. */
const KEYS_OPTION = 'attune_keys';
/** So many combinations of segments may each have their own page. */
const MAX_KEYS = 64;
/** A key that nobody came with for so long makes room. */
const KEY_SECONDS = DAY_IN_SECONDS;

/**
 * Keeps a page out of every cache when its key is none of ours, is one too many, or may be read otherwise by a cache; for
 * `template_redirect`, when a request carries something like a key.
 */
function guard_keyed_page(): void {
	load_room( 'delivery' );
	$ruleset = load_ruleset();
	if ( null === $ruleset || ! is_keyed_cache() ) {
		return;
	}
	load_room( 'visitor' );
	load_deciding();
	$key = read_cookie( CACHE_COOKIE );
	if ( null === read_segment_key( $key, $ruleset ) || ! is_agreed_key( $key ) || ! admit_key( $key, $ruleset['hash'], time() ) ) {
		refuse_caches();
	}
}

/**
 * Whether everybody who reads the request reads the same key. Web servers take other letters, spaces and commas for a cookie's
 * than PHP does: the page of one key would be kept under another's.
 */
function is_agreed_key( string $key ): bool {
	$cookies = (string) ( $_SERVER['HTTP_COOKIE'] ?? '' );
	$is_once = 1 === preg_match_all( '/' . CACHE_COOKIE . '/i', $cookies );
	$is_so   = 1 === preg_match( '/(?:\A|; )' . CACHE_COOKIE . '=' . preg_quote( $key, '/' ) . '(?:; |\z)/', $cookies );
	return $is_once && $is_so && ( $_COOKIE[ CACHE_COOKIE ] ?? '' ) === $key && is_key_of_proxy( $key );
}

/** Whether the proxy in front, when one keys on segments, says that it took this key. */
function is_key_of_proxy( string $key ): bool {
	return ! ( new Proxy_Cache() )->keys_on_segments() || ( $_SERVER['HTTP_X_ATTUNE_SEGMENT'] ?? '' ) === $key;
}

/**
 * Whether pages of a key may be kept: those of the first 64 keys of a day. Asked only when a page is made, which is when the
 * cache had none.
 *
 * @param int $now Seconds since 1970.
 */
function admit_key( string $key, string $hash, int $now ): bool {
	$kept = get_option( KEYS_OPTION );
	$keys = is_array( $kept ) && ( $kept[0] ?? '' ) === $hash && is_array( $kept[1] ?? null ) ? $kept[1] : array();
	$seen = $keys[ $key ] ?? 0;
	// One write an hour is enough to know who is still there.
	if ( $seen > $now - HOUR_IN_SECONDS ) {
		return true;
	}
	$keys = array_filter( $keys, static fn ( mixed $when ): bool => is_int( $when ) && $when > $now - KEY_SECONDS );
	if ( ! isset( $keys[ $key ] ) && count( $keys ) >= MAX_KEYS ) {
		return false;
	}
	$keys[ $key ] = $now;
	update_option( KEYS_OPTION, array( $hash, $keys ), false );
	return true;
}
