<?php
/**
 * Scores and interests.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Compiles `score`: signal, seconds of a bucket, least, greatest.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int>
 */
function compile_score( \stdClass $node, string $path, array $plan ): array {
	return array(
		signal_member( $node, 'slot', $path, $plan, array( 'score' ) ),
		whole_member( $node, 'bucket', $path, 1 ),
		...range_member( $node, $path ),
	);
}

/**
 * A decayed sum of points lies in a range.
 *
 * @param array<int, mixed> $node Of `compile_score`.
 */
function match_score( Scope $scope, array $node ): int {
	list( , , $signal, $bucket, $least, $greatest ) = $node;
	return match_decaying( $scope, $signal, $bucket, $least, $greatest, 0, state_at( $scope, $signal )['buckets'] );
}

/**
 * Compiles `strength`: signal, seconds of a bucket, value, least, greatest.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int|string>
 */
function compile_strength( \stdClass $node, string $path, array $plan ): array {
	return array(
		signal_member( $node, 'slot', $path, $plan, array( 'interest' ) ),
		whole_member( $node, 'bucket', $path, 1 ),
		text_member( $node, 'value', $path ),
		...range_member( $node, $path ),
	);
}

/**
 * The decayed strength of one value of a family lies in a range; 0 for a value nobody heard of.
 *
 * @param array<int, mixed> $node Of `compile_strength`.
 */
function match_strength( Scope $scope, array $node ): int {
	list( , , $signal, $bucket, $value, $least, $greatest ) = $node;
	$values = state_at( $scope, $signal )['values'];
	$place  = place_of_value( $values, $value );
	if ( $place < 0 ) {
		return answer( $scope, $least <= 0 && $greatest >= 0 ? IS_TRUE : IS_FALSE, NEVER );
	}
	return match_decaying( $scope, $signal, $bucket, $least, $greatest, $place, $values[ $place ][1] );
}

/**
 * Compiles `top`: signal, seconds of a bucket, value, how many of the strongest.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int|string>
 */
function compile_top( \stdClass $node, string $path, array $plan ): array {
	return array(
		signal_member( $node, 'slot', $path, $plan, array( 'interest' ) ),
		whole_member( $node, 'bucket', $path, 1 ),
		text_member( $node, 'value', $path ),
		whole_member( $node, 'top', $path, 1, FAMILY_VALUES ),
	);
}

/**
 * A value is among the strongest of its family; of equal strengths the smaller code point is stronger.
 *
 * @param array<int, mixed> $node Of `compile_top`.
 */
function match_top( Scope $scope, array $node ): int {
	list( , , $signal, $bucket, $value, $top ) = $node;
	$values                                  = state_at( $scope, $signal )['values'];
	$place                                   = place_of_value( $values, $value );
	if ( $place < 0 ) {
		return answer( $scope, IS_FALSE, NEVER );
	}
	$schedule = $scope->ranks[ $signal ] ?? rank_schedule( $scope, $signal, $bucket, $values );
	$is_in    = $schedule->ranks[0][ $place ] < $top;
	$truth    = $is_in ? IS_TRUE : IS_FALSE;
	if ( ! $scope->is_timed ) {
		return $truth;
	}
	for ( $entry = 1; isset( $schedule->ranks[ $entry ] ) || has_entry( $schedule, $entry, $values ); ++$entry ) {
		if ( ( $schedule->ranks[ $entry ][ $place ] < $top ) !== $is_in ) {
			return answer( $scope, $truth, $schedule->borders[ $entry ] * $bucket );
		}
	}
	return answer( $scope, $truth, NEVER );
}

/**
 * The place of a value in its family, −1 when nobody heard of it.
 *
 * @param list<array{string, list<array{int, int}>}> $values Of the family.
 */
function place_of_value( array $values, string $value ): int {
	foreach ( $values as $place => $entry ) {
		if ( $entry[0] === $value ) {
			return $place;
		}
	}
	return -1;
}
