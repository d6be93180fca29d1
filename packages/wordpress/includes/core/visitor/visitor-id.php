<?php
/**
 * Visitor ids: any non-empty well-formed text. Ours are 22 characters of base64url.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The longest visitor id that is taken, in UTF-16 units, as browsers count. */
const MAX_VISITOR_ID = 256;

/**
 * Reads a visitor id.
 *
 * @return Json_Result The id, or the problem.
 */
function parse_visitor_id( mixed $value, string $path = '$.visitor' ): Json_Result {
	if ( ! \is_string( $value ) || '' === $value || ! fits_visitor_id( $value ) ) {
		return failure( $path, 'visitor-id', 'A visitor id is text of 1 to ' . MAX_VISITOR_ID . ' characters.' );
	}
	return success( $value );
}

/** Tells whether a text is UTF-8 and not too long. */
function fits_visitor_id( string $text ): bool {
	if ( 1 !== \preg_match( '//u', $text ) ) {
		return false;
	}
	// A character is one unit, or two when it is written in four bytes.
	return \preg_match_all( '/[^\x80-\xBF]/', $text ) + \preg_match_all( '/[\xF0-\xF4]/', $text ) <= MAX_VISITOR_ID;
}
