<?php
/**
 * In which order the values of a family stand, now and at every later border at which that may differ. All conditions on a
 * family read one schedule; it is drawn up as far as somebody reads it.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The rank of a value that has no strength left. */
const NO_RANK = 127;

/** Borders from now until everything has faded. */
const MAX_BORDERS = DECAY_BUCKETS + 1;

final class Rank_Schedule {

	/** No later border changes anything. */
	public bool $is_complete = false;

	/** @var list<int> The border of each entry. */
	public array $borders = array();

	/** @var list<array<int, int>> Of each entry: place of the value to rank, 0 for the strongest. */
	public array $ranks = array();

	/** @var array<int, int> Place to strength at the last entry, strongest first. */
	public array $strengths = array();
}

/**
 * Begins the schedule of a family for the question at hand; its first entry is now.
 *
 * @param int                                        $bucket Seconds from border to border.
 * @param list<array{string, list<array{int, int}>}> $values Of the family.
 */
function rank_schedule( Scope $scope, string $signal, int $bucket, array $values ): Rank_Schedule {
	$schedule = new Rank_Schedule();
	add_entry( $schedule, $values, floor_divide( $scope->now, $bucket ) );
	return $scope->ranks[ $signal ] = $schedule;
}

/**
 * Tells whether there is such an entry, drawing the schedule up as far.
 *
 * @param list<array{string, list<array{int, int}>}> $values Of the family.
 */
function has_entry( Rank_Schedule $schedule, int $entry, array $values ): bool {
	while ( $entry >= \count( $schedule->borders ) && ! $schedule->is_complete ) {
		$border = $schedule->borders[ \count( $schedule->borders ) - 1 ];
		$next   = $border + settled_borders( $schedule, $values, $border ) + 1;
		if ( $next - $schedule->borders[0] >= MAX_BORDERS ) {
			$schedule->is_complete = true;
		} else {
			add_entry( $schedule, $values, $next );
		}
	}
	return $entry < \count( $schedule->borders );
}

/**
 * Adds the order at a border.
 *
 * @param list<array{string, list<array{int, int}>}> $values Of the family.
 */
function add_entry( Rank_Schedule $schedule, array $values, int $border ): void {
	$strengths = array();
	foreach ( $values as $place => $value ) {
		$strengths[ $place ] = decayed_strength( $value[1], $border );
	}
	// Values ascend by code point and sorting keeps that: of equal strengths the smaller place stands first.
	\arsort( $strengths );
	$ranks = array();
	$rank  = 0;
	foreach ( $strengths as $place => $strength ) {
		$ranks[ $place ] = 0 === $strength ? NO_RANK : $rank;
		++$rank;
	}
	$schedule->borders[] = $border;
	$schedule->ranks[]   = $ranks;
	$schedule->strengths = $strengths;
	if ( 0 === ( \reset( $strengths ) ?: 0 ) ) {
		$schedule->is_complete = true;
	}
}

/**
 * For how many borders after this one no value can pass its neighbour in the order. All strengths fade alike, to a
 * two-thousandth (the rounding of the weights), except for what falls off behind the last weight.
 *
 * @param list<array{string, list<array{int, int}>}> $values Of the family.
 */
function settled_borders( Rank_Schedule $schedule, array $values, int $border ): int {
	$settled = DECAY_BUCKETS;
	$places  = \array_keys( $schedule->strengths );
	foreach ( $places as $rank => $place ) {
		$strength = $schedule->strengths[ $place ];
		if ( 0 === $strength || $settled <= 0 ) {
			break;
		}
		$next    = isset( $places[ $rank + 1 ] ) ? $schedule->strengths[ $places[ $rank + 1 ] ] : 0;
		$settled = \min( $settled, settled_above( $values[ $place ][1], $border, $strength, $next ) );
	}
	return $settled;
}

/**
 * For how many borders a value stays above its neighbour, whatever of it falls off, oldest first.
 *
 * @param list<array{int, int}> $buckets Of the value.
 */
function settled_above( array $buckets, int $border, int $strength, int $next ): int {
	$kept = $strength;
	if ( $kept * 1000 <= $next * 1001 ) {
		return 0;
	}
	foreach ( $buckets as $bucket ) {
		$age   = $border - $bucket[0];
		$kept -= $bucket[1] * ( WEIGHTS[ $age ] ?? 0 );
		if ( $kept * 1000 <= $next * 1001 ) {
			return \max( 0, DECAY_BUCKETS - 1 - $age );
		}
	}
	return DECAY_BUCKETS;
}
