<?php
/**
 * How the lists of a signal's state are packed: ages in place of times, and no more than evaluation reads.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

// A word of bits that any language's whole numbers and bit operations hold.
const PERIOD_WORD = 30;

/** Packs descending times (seconds) as ages, each counted from the one before. */
function pack_times( array $times, int $at ): array {
	$ages = array();
	foreach ( $times as $time ) {
		$ages[] = $at - $time;
		$at     = $time;
	}
	return $ages;
}

/** Undoes `pack_times`. */
function unpack_times( array $ages, int $at ): array {
	$times = array();
	foreach ( $ages as $age ) {
		$at     -= $age;
		$times[] = $at;
	}
	return $times;
}

/** Packs buckets as age (in buckets before the index `$at`) and amount in turn, oldest first. */
function pack_buckets( array $buckets, int $at ): array {
	$packed = array();
	foreach ( $buckets as list( $index, $amount ) ) {
		$packed[] = $at - $index;
		$packed[] = $amount;
	}
	return $packed;
}

/** Undoes `pack_buckets`. */
function unpack_buckets( array $packed, int $at ): array {
	$buckets = array();
	for ( $place = 0, $count = count( $packed ); $place + 1 < $count; $place += 2 ) {
		$buckets[] = array( $at - $packed[ $place ], $packed[ $place + 1 ] );
	}
	return $buckets;
}

/** Packs when each step's chain ended (ages in seconds); missing tail steps are left out. */
function pack_ends( array $chains, int $at ): array {
	$ends = array();
	foreach ( $chains as $chain ) {
		$ends[] = null === $chain ? null : $at - $chain[1];
	}
	while ( array() !== $ends && null === $ends[ count( $ends ) - 1 ] ) {
		array_pop( $ends );
	}
	return $ends;
}

/** Undoes `pack_ends`; where a chain began was not packed. */
function unpack_ends( array $ages, int $steps, int $at ): array {
	$chains = array();
	for ( $step = 0; $step < $steps; $step++ ) {
		$age      = $ages[ $step ] ?? null;
		$chains[] = null === $age ? null : array( $at - $age, $at - $age );
	}
	return $chains;
}

/** Packs periods as the newest one's age and words of 30 bits: bit n stands for n periods before the newest. */
function pack_periods( array $periods, int $at ): array {
	if ( array() === $periods ) {
		return array();
	}
	$words = array();
	foreach ( $periods as $period ) {
		$bit  = $periods[0] - $period;
		$word = intdiv( $bit, PERIOD_WORD );
		for ( $next = count( $words ); $next <= $word; $next++ ) {
			$words[] = 0;
		}
		$words[ $word ] |= 1 << $bit % PERIOD_WORD;
	}
	return array( $at - $periods[0], ...$words );
}

/** Undoes `pack_periods`. */
function unpack_periods( array $packed, int $at ): array {
	$newest  = $at - ( $packed[0] ?? 0 );
	$periods = array();
	for ( $bit = 0, $bits = ( count( $packed ) - 1 ) * PERIOD_WORD; $bit < $bits; $bit++ ) {
		if ( 1 === ( $packed[ 1 + intdiv( $bit, PERIOD_WORD ) ] >> $bit % PERIOD_WORD & 1 ) ) {
			$periods[] = $newest - $bit;
		}
	}
	return $periods;
}
