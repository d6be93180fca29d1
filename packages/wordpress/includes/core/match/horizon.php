<?php
/**
 * Answers and their horizons.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** Leaves an answer and its horizon. */
function answer( Scope $scope, int $truth, int $until ): int {
	$scope->until = $until;
	return $truth;
}

/**
 * Answers whether the number of things in a sliding window lies in a range, exactly until it does not. As things leave, the
 * number falls; those of one second leave together.
 *
 * @param list<int> $times  Of the things, newest first.
 * @param int       $window Seconds; `NEVER` for ever.
 */
function count_in_window( Scope $scope, array $times, int $window, int $least, int $greatest ): int {
	$cut   = NEVER === $window ? -NEVER : $scope->now - $window;
	$count = 0;
	foreach ( $times as $time ) {
		if ( $time <= $cut ) {
			break;
		}
		++$count;
	}
	if ( ! $scope->is_timed ) {
		return $count >= $least && $count <= $greatest ? IS_TRUE : IS_FALSE;
	}
	// "Less than 0" has no number that passes.
	if ( $count < $least || $greatest < 0 ) {
		return answer( $scope, IS_FALSE, NEVER );
	}
	if ( $count <= $greatest ) {
		// Below the range as soon as the thing at its least place leaves.
		return answer( $scope, IS_TRUE, $least > 0 ? time_after( $times[ $least - 1 ], $window ) : NEVER );
	}
	$leaving = $times[ $greatest ];
	$left    = $greatest;
	while ( $left > 0 && $times[ $left - 1 ] === $leaving ) {
		--$left;
	}
	return answer( $scope, IS_FALSE, $left < $least ? NEVER : time_after( $leaving, $window ) );
}
