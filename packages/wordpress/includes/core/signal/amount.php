<?php
/**
 * A property's value in whole ten-thousandths, floor( x × 10000 + 0.5 ), computed in doubles as TypeScript does.
 *
 * null: there is no value, it counts for nothing. false: there is one, but no number within ±10^9; it is left out, and
 * that is counted.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

const MAX_TAKEN_VALUE = 1_000_000_000;

function amount_of( mixed $value ): int|false|null {
	if ( ( is_int( $value ) || is_float( $value ) ) && $value >= -MAX_TAKEN_VALUE && $value <= MAX_TAKEN_VALUE ) {
		return (int) floor( $value * 10_000.0 + 0.5 );
	}
	return null === $value || $value instanceof \stdClass ? null : false;
}
