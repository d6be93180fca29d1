<?php
/**
 * JSON read strictly: the door through which every document comes in.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The most bytes of UTF-8 a document may have: 512 KiB. */
const MAX_DOCUMENT_BYTES = 524288;

/**
 * Reads JSON strictly: a byte-order mark, duplicate keys, lone surrogates, numbers beyond ±(2^53 − 1), nesting over 64,
 * bytes that are no UTF-8 or text over `$max_bytes` are refused, each with its place. Objects become \stdClass, lists
 * lists, and numbers without a fraction whole numbers.
 */
function read_json( string $text, int $max_bytes = MAX_DOCUMENT_BYTES ): Json_Result {
	if ( strlen( $text ) > $max_bytes ) {
		return failure( '$', 'too-large', "The document has more than {$max_bytes} bytes. Make it smaller." );
	}
	return read_json_quickly( $text ) ?? read_json_carefully( $text );
}

/** Reads with PHP's own decoder; null when it refuses the text, or when it would pass over what we refuse. */
function read_json_quickly( string $text ): ?Json_Result {
	$value = json_decode( $text, false, MAX_DEPTH );
	if ( JSON_ERROR_NONE !== json_last_error() ) {
		return null;
	}
	// Null, too, where a text is longer than what PCRE goes through.
	$bare = preg_replace( '/"[^"\\\\]*+(?:\\\\.[^"\\\\]*+)*+"/s', '', $text );
	if ( null === $bare || ( 1 === preg_match( '/[0-9](?:[.eE]|[0-9]{15})/', $bare ) && ! settle_numbers( $value ) ) ) {
		return null;
	}
	// The decoder keeps one of two members of the same name, so that fewer are left than there are colons.
	return substr_count( $bare, ':' ) === count_members( $value ) ? success( $value ) : null;
}

function read_json_carefully( string $text ): Json_Result {
	if ( 1 !== preg_match( '//u', $text ) ) {
		return failure( '$', 'not-utf8', 'The document is not UTF-8. Save it as UTF-8.' );
	}
	if ( str_starts_with( $text, "\xEF\xBB\xBF" ) ) {
		return failure( '$', 'byte-order-mark', 'The document begins with a byte-order mark. Save it without one.' );
	}
	return ( new Json_Reader( $text ) )->read();
}

function count_members( mixed $value ): int {
	$members = is_array( $value ) || is_object( $value ) ? (array) $value : array();
	$count   = is_object( $value ) ? count( $members ) : 0;
	foreach ( $members as $member ) {
		if ( is_array( $member ) || is_object( $member ) ) {
			$count += count_members( $member );
		}
	}
	return $count;
}
