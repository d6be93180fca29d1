<?php
/**
 * How amounts are taken together, in a window's ring of buckets and over everything.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** A window's ring has this many buckets. */
const RING_BUCKETS = 60;

/** Sums saturate at this many ten-thousandths, which leaves room below 2^53. */
const MAX_SUM = 9_000_000_000_000_000;

/**
 * The least and the greatest of nothing are nothing; what is added up begins at 0.
 */
function is_extreme( ?string $take ): bool {
	return 'min' === $take || 'max' === $take;
}

/**
 * Adds an amount to what was taken so far, null being nothing: counts and sums add, `min` and `max` choose.
 */
function take_into( ?string $take, ?int $taken, int $amount ): int {
	if ( null === $taken ) {
		return $amount;
	}
	if ( 'min' === $take ) {
		return min( $taken, $amount );
	}
	if ( 'max' === $take ) {
		return max( $taken, $amount );
	}
	return max( -MAX_SUM, min( MAX_SUM, $taken + $amount ) );
}

/**
 * The mean of so many values, floor( sum / number ) in the sum's unit; INF of nothing.
 */
function mean_of( int $sum, int $number ): int|float {
	return 0 === $number ? INF : floor_divide( $sum, $number );
}

/**
 * The whole quotient towards minus infinity; the divisor is positive.
 */
function floor_divide( int $dividend, int $divisor ): int {
	$rest = $dividend % $divisor;
	return intdiv( $dividend - ( $rest < 0 ? $rest + $divisor : $rest ), $divisor );
}
