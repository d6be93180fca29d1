<?php
/**
 * Adds an event's points (hundredths) to the value it names; only text is a value.
 *
 * An entry is array( value, buckets ); entries ascend by value's code points, and no entry is without a bucket.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The most values of a family; past it the weakest is dropped. */
const MAX_INTERESTS = 64;

/**
 * @param array<string, mixed> $signal A signal of kind `interest`.
 * @param array<string, mixed> $state  Its state, changed in place.
 */
function fold_interest( array $signal, array &$state, Folded_Event $event ): void {
	$value  = event_property( $event->properties, $signal['of'] );
	$points = $signal['points'][ $event->name ] ?? null;
	if ( ! is_string( $value ) || null === $points ) {
		return;
	}
	$newest = newest_interest( $state['values'] );
	$index  = floor_divide( $event->seconds, $signal['bucket'] );
	// So old that nobody will see them.
	if ( null !== $newest && $index <= $newest - DECAY_BUCKETS ) {
		return;
	}
	add_to_interest( $state['values'], $value, $index, $points );
	if ( null === $newest || $index > $newest ) {
		$newest          = $index;
		$state['values'] = without_faded( $state['values'], $index );
	}
	if ( count( $state['values'] ) > MAX_INTERESTS ) {
		$state['values'] = without_weakest( $state['values'], $newest );
	}
}

/**
 * Drops what no later `now` can see, then the weakest until there are no more values than are kept.
 *
 * @param list<array{string, list<array{int, int}>}> $values Ascending by value.
 * @return list<array{string, list<array{int, int}>}>
 */
function limit_interests( array $values ): array {
	$newest = newest_interest( $values );
	$left   = null === $newest ? array() : without_faded( $values, $newest );
	while ( count( $left ) > MAX_INTERESTS ) {
		$left = without_weakest( $left, (int) newest_interest( $left ) );
	}
	return $left;
}

/**
 * @param list<array{string, list<array{int, int}>}> $values Ascending by value, changed in place.
 */
function add_to_interest( array &$values, string $value, int $index, int $points ): void {
	$place = interest_place( $values, $value );
	if ( isset( $values[ $place ] ) && $values[ $place ][0] === $value ) {
		add_points( $values[ $place ][1], $index, $points );
		return;
	}
	$buckets = array();
	add_points( $buckets, $index, $points );
	array_splice( $values, $place, 0, array( array( $value, $buckets ) ) );
}

/**
 * Where the value stands, or would.
 *
 * @param list<array{string, list<array{int, int}>}> $values Ascending by value.
 */
function interest_place( array $values, string $value ): int {
	$low  = 0;
	$high = count( $values );
	while ( $low < $high ) {
		$middle = ( $low + $high ) >> 1;
		if ( strcmp( $values[ $middle ][0], $value ) < 0 ) {
			$low = $middle + 1;
		} else {
			$high = $middle;
		}
	}
	return $low;
}

/**
 * @param list<array{string, list<array{int, int}>}> $values Ascending by value.
 * @return list<array{string, list<array{int, int}>}>
 */
function without_faded( array $values, int $newest ): array {
	$left = array();
	foreach ( $values as $entry ) {
		drop_old( $entry[1], $newest - DECAY_BUCKETS );
		if ( array() !== $entry[1] ) {
			$left[] = $entry;
		}
	}
	return $left;
}

/**
 * @param non-empty-list<array{string, list<array{int, int}>}> $values Ascending by value.
 * @return list<array{string, list<array{int, int}>}>
 */
function without_weakest( array $values, int $newest ): array {
	$weakest = 0;
	$least   = PHP_INT_MAX;
	foreach ( $values as $place => $entry ) {
		$strength = decayed_strength( $entry[1], $newest );
		// Values ascend, so of equal strengths the larger code point goes.
		if ( $strength <= $least ) {
			[ $weakest, $least ] = array( $place, $strength );
		}
	}
	array_splice( $values, $weakest, 1 );
	return $values;
}

/**
 * Index of the newest bucket of all; null when there is none.
 *
 * @param list<array{string, list<array{int, int}>}> $values Entries.
 */
function newest_interest( array $values ): ?int {
	$newest = null;
	foreach ( $values as $entry ) {
		$index  = $entry[1][ count( $entry[1] ) - 1 ][0];
		$newest = null === $newest || $index > $newest ? $index : $newest;
	}
	return $newest;
}
