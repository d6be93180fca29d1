<?php
/**
 * Base64url without padding (RFC 4648, section 5).
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** Writes bytes. */
function to_base64_url( string $bytes ): string {
	return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
}

/** Reads bytes; null for any other character, a length that cannot be, or bits left over. */
function from_base64_url( string $text ): ?string {
	$bytes = base64_decode( strtr( $text, '-_', '+/' ), true );
	// Bits left over, padding, spaces and the letters of plain base64 all make another text on the way back.
	return is_string( $bytes ) && to_base64_url( $bytes ) === $text ? $bytes : null;
}
