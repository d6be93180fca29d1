<?php
/**
 * Conditions on conditions.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** What holds for a day need not be known to hold longer: no token lives longer. */
const LONG = 86400;

/**
 * `all` (decided by a false child) and `any` (decided by a true one), else unknown if any child is. One child of the
 * decisive truth decides, and as long as the last of them stays so nothing changes; the horizon may be early.
 *
 * @param array<int, mixed> $node Places of the tests of values with which the children begin, and of the others.
 */
function match_decided( Scope $scope, array $node, int $decisive ): int {
	list( , , $tests, $others ) = $node;

	$truth = 1 - $decisive;
	foreach ( $tests as $place ) {
		$answer = $scope->truths[ $place ] ?? null;
		if ( null === $answer ) {
			list( , $needs, $field, $kind, $wanted ) = $scope->nodes[ $place ];

			$answer = 0 === ( $needs & $scope->denied )
				? test_value( $kind, $wanted, $scope->values[ $field ] ?? read_field( $scope, $field ) )
				: -1;

			$scope->truths[ $place ] = $answer;
		}
		if ( $answer === $decisive ) {
			$scope->until = NEVER;
			return $decisive;
		}
		if ( -1 === $answer ) {
			$truth = -1;
		}
	}
	if ( array() === $others ) {
		$scope->until = NEVER;
		return $truth;
	}
	return match_others( $scope, $others, $decisive, $truth );
}

/**
 * The children that are no tests of values, or stand behind others.
 *
 * @param list<int> $places Of the children.
 * @param int       $truth  What the children before them come to.
 */
function match_others( Scope $scope, array $places, int $decisive, int $truth ): int {
	if ( ! $scope->is_timed ) {
		return match_untimed( $scope, $places, $decisive, $truth );
	}
	$first = NEVER;
	$last  = -NEVER;
	foreach ( $places as $place ) {
		// What is remembered is asked of its node the first time alone.
		$answer = $scope->truths[ $place ] ?? null;
		$until  = $scope->untils[ $place ] ?? NEVER;
		if ( null === $answer ) {
			$answer = match_node( $scope, $scope->nodes[ $place ] );
			$until  = $scope->until;
		}
		if ( $answer === $decisive ) {
			if ( $until - $scope->now >= LONG ) {
				$scope->until = $until;
				return $decisive;
			}
			if ( $until > $last ) {
				$last = $until;
			}
		} elseif ( -1 === $answer ) {
			$truth = -1;
		}
		if ( $until < $first ) {
			$first = $until;
		}
	}
	$scope->until = -NEVER === $last ? $first : $last;
	return -NEVER === $last ? $truth : $decisive;
}

/**
 * The same where nobody asks until when: the first child of the decisive truth decides.
 *
 * @param list<int> $places Of the children.
 * @param int       $truth  What the children before them come to.
 */
function match_untimed( Scope $scope, array $places, int $decisive, int $truth ): int {
	foreach ( $places as $place ) {
		$answer = $scope->truths[ $place ] ?? match_node( $scope, $scope->nodes[ $place ] );
		if ( $answer === $decisive ) {
			return $decisive;
		}
		if ( -1 === $answer ) {
			$truth = -1;
		}
	}
	return $truth;
}

/**
 * True if at least `least` children are true, false if so many can no longer be, else unknown.
 *
 * @param array<int, mixed> $node `least` and the places of the children.
 */
function match_at_least( Scope $scope, array $node ): int {
	list( , , $least, $places ) = $node;

	$trues  = array();
	$falses = array();
	$first  = NEVER;
	$most   = \count( $places ) - $least + 1;
	foreach ( $places as $place ) {
		$truth = match_node( $scope, $scope->nodes[ $place ] );
		$first = \min( $first, $scope->until );
		if ( IS_TRUE === $truth ) {
			$trues[] = $scope->until;
		} elseif ( IS_FALSE === $truth ) {
			$falses[] = $scope->until;
		}
		// What the others say may change the horizon, never the truth.
		if ( ! $scope->is_timed && ( \count( $trues ) >= $least || \count( $falses ) >= $most ) ) {
			break;
		}
	}
	// It stays true as long as `least` of the true children stay so, false while too many stay false.
	if ( \count( $trues ) >= $least ) {
		\rsort( $trues );
		return answer( $scope, IS_TRUE, $trues[ $least - 1 ] );
	}
	if ( \count( $falses ) >= $most ) {
		\rsort( $falses );
		return answer( $scope, IS_FALSE, $falses[ $most - 1 ] );
	}
	return answer( $scope, UNKNOWN, $first );
}
