<?php
/**
 * Numbers at the border: PHP keeps 1.0 and 1 apart, JSON does not.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The greatest whole number that every language of ours holds exactly: 2^53 − 1. */
const MAX_SAFE = 9007199254740991;

/**
 * Makes whole numbers of floats that are whole, −0 included, everywhere in a value.
 * False as soon as a number lies beyond ±(2^53 − 1) or is none; the value is then half settled.
 */
function settle_numbers( mixed &$value ): bool {
	if ( is_int( $value ) ) {
		return $value <= MAX_SAFE && $value >= -MAX_SAFE;
	}
	if ( is_float( $value ) ) {
		$is_safe = abs( $value ) <= MAX_SAFE;
		if ( $is_safe && floor( $value ) === $value ) {
			$value = (int) $value;
		}
		return $is_safe;
	}
	if ( is_array( $value ) ) {
		foreach ( $value as $at => $member ) {
			if ( ! settle_numbers( $member ) ) {
				return false;
			}
			$value[ $at ] = $member;
		}
	} elseif ( $value instanceof \stdClass ) {
		foreach ( (array) $value as $name => $member ) {
			if ( ! settle_numbers( $member ) ) {
				return false;
			}
			$value->{$name} = $member;
		}
	}
	return true;
}
