<?php
/**
 * JSON in a form that may be sealed.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

// As deep as PHP reads by default; what we write ourselves never comes near.
const PAYLOAD_DEPTH = 512;
// Where settling could find something to do: a fraction, an exponent, −0, more digits than are always exact. In texts it does no harm.
const UNSETTLED = '/(?:\A|[\s\[,:])(?:-0|-?[0-9]+[.eE]|-?[0-9]{16})/';

/** Writes JSON as a payload that may be sealed. */
function to_payload( mixed $value ): string {
	return to_base64_url( json_text( $value ) );
}

/** Reads a payload that was sealed by us: objects become \stdClass. Null when it holds no JSON, or the JSON null. */
function from_payload( string $payload ): mixed {
	$json = from_base64_url( $payload );
	if ( null === $json ) {
		return null;
	}
	$value = json_decode( $json, false, PAYLOAD_DEPTH );
	// Most payloads are hundreds of small whole numbers, which one look is enough for.
	return 0 === preg_match( UNSETTLED, $json ) || settle_numbers( $value ) ? $value : null;
}
