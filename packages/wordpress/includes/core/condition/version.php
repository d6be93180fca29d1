<?php
/**
 * Versions: dotted digits, for example `2.10`. Missing parts are 0.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The longest version, in characters. */
const MAX_VERSION = 256;

/** Tells whether a value is a version: dotted digits and nothing else. */
function is_version( mixed $value ): bool {
	return \is_string( $value )
		&& \strlen( $value ) <= MAX_VERSION
		&& 1 === \preg_match( '/\A[0-9]++(?:\.[0-9]++)*+\z/', $value );
}

/** Compares versions part by part, missing parts being 0; null when either is no version. */
function compare_versions( string $a, string $b ): ?int {
	if ( ! is_version( $a ) || ! is_version( $b ) ) {
		return null;
	}
	$left   = \explode( '.', $a );
	$right  = \explode( '.', $b );
	$length = \max( \count( $left ), \count( $right ) );
	for ( $at = 0; $at < $length; ++$at ) {
		$order = compare_digits( $left[ $at ] ?? '0', $right[ $at ] ?? '0' );
		if ( 0 !== $order ) {
			return $order;
		}
	}
	return 0;
}

/** Digits of any length: without leading zeros the longer is the larger. */
function compare_digits( string $a, string $b ): int {
	$left  = \ltrim( $a, '0' );
	$right = \ltrim( $b, '0' );
	return \strlen( $left ) - \strlen( $right ) ?: \strcmp( $left, $right );
}
