<?php
/**
 * Numbers as ECMAScript prints them.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * The shortest decimal text that reads back as the same double, laid out as Number::toString of ECMA-262 does:
 * `0.1`, `100000000000000000000`, `1e+21`, `1e-7`. What is not finite is `null`, as in JSON.
 */
function number_text( int|float $number ): string {
	if ( is_int( $number ) ) {
		return (string) $number;
	}
	if ( ! is_finite( $number ) ) {
		return 'null';
	}
	if ( 0.0 === $number ) {
		return '0';
	}
	// A precision of −1 asks for the shortest digits that read back, whatever php.ini says of precision.
	list( $mantissa, $exponent ) = explode( 'E', sprintf( '%.*H', -1, abs( $number ) ) . 'E0' );
	list( $whole, $fraction )    = explode( '.', $mantissa . '.' );
	$digits                      = ltrim( $whole . $fraction, '0' );
	// The decimal point stands behind so many of the digits.
	$point = strlen( $whole ) + (int) $exponent - ( strlen( $whole . $fraction ) - strlen( $digits ) );
	return ( $number < 0 ? '-' : '' ) . lay_out_digits( rtrim( $digits, '0' ), $point );
}

function lay_out_digits( string $digits, int $point ): string {
	$count = strlen( $digits );
	if ( $point > 21 || $point < -5 ) {
		$mantissa = 1 === $count ? $digits : $digits[0] . '.' . substr( $digits, 1 );
		return $mantissa . ( $point > 0 ? 'e+' : 'e-' ) . abs( $point - 1 );
	}
	if ( $point >= $count ) {
		return str_pad( $digits, $point, '0' );
	}
	if ( $point > 0 ) {
		return substr( $digits, 0, $point ) . '.' . substr( $digits, $point );
	}
	return '0.' . str_repeat( '0', -$point ) . $digits;
}
