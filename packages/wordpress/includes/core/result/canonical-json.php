<?php
/**
 * JSON of which equal values have equal texts.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Writes JSON as `json_text` does, but every object's keys sorted by code point. Lists are lists, an empty array too;
 * \stdClass and arrays with keys are objects.
 */
function canonical_json( mixed $value ): string {
	if ( is_array( $value ) && array_is_list( $value ) ) {
		return '[' . implode( ',', array_map( canonical_json( ... ), $value ) ) . ']';
	}
	if ( ! is_array( $value ) && ! $value instanceof \stdClass ) {
		return json_text( $value );
	}
	$members = (array) $value;
	ksort( $members, SORT_STRING );
	return json_members( $members, canonical_json( ... ) );
}
