<?php
/**
 * A strength that only ever falls, down to 0.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Answers whether a decayed strength lies in a range, exactly until it does not.
 *
 * @param string                $signal   Key of the score or family.
 * @param int                   $bucket   Seconds from border to border.
 * @param int                   $least    In 10^-8 points.
 * @param int                   $place    Of the value in its family, 0 for a score.
 * @param list<array{int, int}> $buckets  Its points.
 */
function match_decaying( Scope $scope, string $signal, int $bucket, int $least, int $greatest, int $place, array $buckets ): int {
	$now   = floor_divide( $scope->now, $bucket );
	$value = strength_at( $scope, $signal, $place, $buckets, $now, 0 );
	if ( $value < $least ) {
		return answer( $scope, IS_FALSE, NEVER );
	}
	$is_in = $value <= $greatest;
	$truth = $is_in ? IS_TRUE : IS_FALSE;
	// It turns when the strength falls to this.
	$bound = $is_in ? $least - 1 : $greatest;
	if ( $bound < 0 || ! $scope->is_timed ) {
		return answer( $scope, $truth, NEVER );
	}
	$low  = 1;
	$high = last_border( $buckets ) - $now;
	// Most of the strength fades as the weights do: half in 8 borders. A first guess, which changes no answer.
	$middle = 0 === $bound ? $high : (int) \ceil( -8 * \log( $bound / $value, 2 ) );
	while ( $low < $high ) {
		if ( $middle < $low || $middle >= $high ) {
			$middle = ( $low + $high ) >> 1;
		}
		if ( strength_at( $scope, $signal, $place, $buckets, $now, $middle ) <= $bound ) {
			$high = $middle--;
		} else {
			$low = ++$middle;
		}
	}
	$leaps = ! $is_in && strength_at( $scope, $signal, $place, $buckets, $now, $low ) < $least;
	return answer( $scope, $truth, $leaps ? NEVER : ( $now + $low ) * $bucket );
}

/**
 * The border from which on nothing is left; a bucket of no points never counts.
 *
 * @param list<array{int, int}> $buckets Ascending by index.
 */
function last_border( array $buckets ): int {
	$last = \count( $buckets ) - 1;
	while ( $last >= 0 && 0 === $buckets[ $last ][1] ) {
		--$last;
	}
	return $last < 0 ? 0 : $buckets[ $last ][0] + DECAY_BUCKETS;
}
