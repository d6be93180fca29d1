<?php
/**
 * Reading text that a request carries. WordPress adds slashes to it; ours goes without.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

// Longer values match nothing that people write into a ruleset.
const MAX_REQUEST_TEXT = 2048;
const MAX_QUERY        = 8192;
const MAX_PARAMETERS   = 200;

/** A request header by its name in $_SERVER (`HTTP_REFERER`); null when it is missing, empty, too long or no UTF-8. */
function request_header( string $name ): ?string {
	return sound_text( $_SERVER[ $name ] ?? null );
}

/**
 * The parameters of the address. PHP's own reading renames them and keeps the last value; a ruleset means the first.
 *
 * @return array<string, string>
 */
function query_pairs(): array {
	$query = $_SERVER['QUERY_STRING'] ?? '';
	$pairs = array();
	foreach ( explode( '&', is_string( $query ) ? substr( $query, 0, MAX_QUERY ) : '', MAX_PARAMETERS ) as $part ) {
		$pair   = explode( '=', $part, 2 );
		$pairs += array( urldecode( $pair[0] ) => urldecode( $pair[1] ?? '' ) );
	}
	return $pairs;
}

/** Text that may be compared; null for anything else. */
function sound_text( mixed $text ): ?string {
	$is_sound = is_string( $text ) && '' !== $text && strlen( $text ) <= MAX_REQUEST_TEXT && 1 === preg_match( '//u', $text );
	return $is_sound ? $text : null;
}
