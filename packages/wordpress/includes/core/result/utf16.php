<?php
/**
 * Lengths as JavaScript counts them: in UTF-16 units, two for each code point above U+FFFF.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The length of a UTF-8 text in UTF-16 units. */
function utf16_length( string $text ): int {
	// Every code point has one byte that is no continuation; only those of four bytes take two units.
	$counts = count_chars( $text, 1 );
	$units  = 0;
	foreach ( $counts as $byte => $times ) {
		if ( $byte < 0x80 || $byte > 0xbf ) {
			$units += $byte < 0xf0 ? $times : 2 * $times;
		}
	}
	return $units;
}

/**
 * The beginning of a UTF-8 text, at most so many UTF-16 units long. A surrogate pair that does not fit whole leaves its
 * first half, written as UTF-8 would write it if it were a code point.
 */
function utf16_start( string $text, int $units ): string {
	$length = strlen( $text );
	$at     = 0;
	while ( $at < $length && $units > 0 ) {
		$lead  = ord( $text[ $at ] );
		$bytes = $lead < 0x80 ? 1 : ( $lead < 0xe0 ? 2 : ( $lead < 0xf0 ? 3 : 4 ) );
		$wide  = 4 === $bytes ? 2 : 1;
		if ( $wide > $units ) {
			return substr( $text, 0, $at ) . first_half( substr( $text, $at, 4 ) );
		}
		$units -= $wide;
		$at    += $bytes;
	}
	return substr( $text, 0, $at );
}

/** A code unit as UTF-8 would write it if surrogates were code points: how a lone one is held until it is refused. */
function unit_bytes( int $unit ): string {
	if ( $unit < 0x80 ) {
		return chr( $unit );
	}
	if ( $unit < 0x800 ) {
		return chr( 0xc0 | $unit >> 6 ) . chr( 0x80 | $unit & 0x3f );
	}
	return chr( 0xe0 | $unit >> 12 ) . chr( 0x80 | $unit >> 6 & 0x3f ) . chr( 0x80 | $unit & 0x3f );
}

/** The code unit of three bytes that `unit_bytes` wrote. */
function unit_of( string $bytes ): int {
	return ( ord( $bytes[0] ) & 0x0f ) << 12 | ( ord( $bytes[1] ) & 0x3f ) << 6 | ord( $bytes[2] ) & 0x3f;
}

/** A surrogate pair, given as its two units, as the UTF-8 of the code point it stands for. */
function pair_bytes( int $high, int $low ): string {
	$point = 0x10000 + ( ( $high & 0x3ff ) << 10 ) + ( $low & 0x3ff );
	return chr( 0xf0 | $point >> 18 ) . chr( 0x80 | $point >> 12 & 0x3f )
		. chr( 0x80 | $point >> 6 & 0x3f ) . chr( 0x80 | $point & 0x3f );
}

/** The first surrogate of a code point of four bytes. */
function first_half( string $bytes ): string {
	$point = ( ord( $bytes[0] ) & 0x07 ) << 18 | ( ord( $bytes[1] ) & 0x3f ) << 12
		| ( ord( $bytes[2] ) & 0x3f ) << 6 | ord( $bytes[3] ) & 0x3f;
	return unit_bytes( 0xd800 | $point - 0x10000 >> 10 );
}
