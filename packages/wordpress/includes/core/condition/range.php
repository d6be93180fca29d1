<?php
/**
 * The numbers that pass a comparator, as array( least, greatest ), both included; null where there is no end.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The names of the comparators, in the order in which they are looked for. */
const COMPARATORS = array( 'atLeast', 'atMost', 'moreThan', 'lessThan', 'exactly', 'between' );

/** The range of no number. What lies past the last number is one: 2^53 is no number that the language reads. */
const NO_NUMBER = array( MAX_SAFE, -1 );

/**
 * The comparator that a test carries; null when it has none.
 *
 * @param array<string, mixed> $test A test of a checked ruleset.
 */
function comparator_of( array $test ): ?string {
	foreach ( COMPARATORS as $name ) {
		if ( array_key_exists( $name, $test ) ) {
			return $name;
		}
	}
	return null;
}

/**
 * The range of a comparison of numbers of any kind: past a bound is the next number that a double can hold.
 *
 * @param mixed $bound A number, or the two of `between`.
 * @return array{int|float|null, int|float|null}
 * @throws \InvalidArgumentException When it is something else.
 */
function number_range( string $comparator, mixed $bound ): array {
	$ends = 'between' === $comparator ? $bound : array( $bound, $bound );
	if ( ! is_array( $ends ) || array( 0, 1 ) !== array_keys( $ends ) || array_filter( $ends, is_number( ... ) ) !== $ends ) {
		throw new \InvalidArgumentException( 'a comparator has a number, and `between` has two' );
	}
	[ $least, $greatest ] = $ends;
	switch ( $comparator ) {
		case 'atLeast':
			return array( $least, null );
		case 'atMost':
			return array( null, $greatest );
		case 'moreThan':
			return $least >= MAX_SAFE ? NO_NUMBER : array( next_up( (float) $least ), null );
		case 'lessThan':
			return $greatest <= -MAX_SAFE ? NO_NUMBER : array( null, -next_up( -(float) $greatest ) );
		default:
			return array( $least, $greatest );
	}
}

/**
 * The next larger double: the bits of neighbouring doubles are neighbouring whole numbers.
 */
function next_up( float $value ): float {
	if ( 0.0 === $value ) {
		return 5e-324;
	}
	$bits = unpack( 'q', pack( 'd', $value ) );
	return unpack( 'd', pack( 'q', $bits[1] + ( $value > 0 ? 1 : -1 ) ) )[1];
}
