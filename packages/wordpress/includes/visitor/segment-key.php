<?php
/**
 * The cookie `attune_k`: in which segments a visitor is, without saying who the visitor is. Written by the browser or the
 * edge, so it says only what visitors want it to say; caches may key on it.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

const KEY_COOKIE_PATTERN = '/\Av1\.([0-9a-f]{6})\.([A-Za-z0-9_-]{11})\z/';
// The first 32 bits, least first, say which segments are true, the next 32 which are known to be false.
const KEY_BITS = 32;

/**
 * The key of this request, as read_segment_key() gives it; nothing when there is none. The main site of a network in folders sets
 * a cookie that the others get as well: of several keys the one of this ruleset counts, and of two such ones none.
 *
 * @param array<string, mixed> $ruleset As load_ruleset() gives it.
 * @return array<string, bool>
 */
function read_request_key( array $ruleset ): array {
	$read = static fn ( string $text ): ?array => read_segment_key( $text, $ruleset );
	$keys = array_values( array_filter( array_map( $read, read_cookies( KEY_COOKIE ) ), 'is_array' ) );
	return 1 === count( $keys ) ? $keys[0] : array();
}

/**
 * Reads a key: segment → whether the visitor is in it. Null when it is malformed, of another ruleset, or says of a segment
 * that is none, or of one segment both: nobody else's words may tell one page from another.
 *
 * @param array<string, mixed> $ruleset As load_ruleset() gives it.
 * @return ?array<string, bool>
 */
function read_segment_key( string $text, array $ruleset ): ?array {
	if ( 1 !== preg_match( KEY_COOKIE_PATTERN, $text, $parts ) || substr( $ruleset['hash'], 0, 6 ) !== $parts[1] ) {
		return null;
	}
	$bytes = base64_decode( strtr( $parts[2], '-_', '+/' ), true );
	// The last letter has bits to spare: one key has one spelling.
	if ( false === $bytes || 8 !== strlen( $bytes ) || Core\to_base64_url( $bytes ) !== $parts[2] ) {
		return null;
	}
	list( , $true, $false ) = unpack( 'V2', $bytes );
	$unknown = -1 << count( $ruleset['key_segments'] );
	if ( 0 !== ( $true & $false ) || 0 !== ( ( $true | $false ) & $unknown ) ) {
		return null;
	}
	$truths = array();
	foreach ( $ruleset['key_segments'] as $bit => $segment ) {
		if ( 0 !== ( ( $true | $false ) >> $bit & 1 ) ) {
			$truths[ $segment ] = 1 === ( $true >> $bit & 1 );
		}
	}
	return $truths;
}
