<?php
/**
 * What is asked without a ruleset.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Twin;

/**
 * @return array<string, mixed>
 */
function read_json_ask( \stdClass $asked ): array {
	$read = \Attune\Core\read_json( $asked->text );
	if ( ! $read->ok ) {
		return array(
			'code' => $read->code,
			'path' => $read->path,
		);
	}
	must_be_settled( $read->value );
	return array( 'value' => $read->value );
}

/**
 * Throws at a float that should have become a whole number: printed, the two look the same.
 */
function must_be_settled( mixed $value ): void {
	if ( is_float( $value ) && floor( $value ) === $value && abs( $value ) <= 9_007_199_254_740_991 ) {
		throw new \UnexpectedValueException( "{$value} was read as a float." );
	}
	foreach ( is_array( $value ) || is_object( $value ) ? (array) $value : array() as $member ) {
		must_be_settled( $member );
	}
}

/**
 * @return array<string, mixed>
 */
function cut_ask( \stdClass $asked ): array {
	$place = \Attune\Core\cut_at( $asked->cuts, $asked->from, $asked->bucket );
	return array( 'variant' => $asked->cuts[ $place ][0] ?? null );
}
