<?php
/**
 * Decides one condition.
 *
 * A compiled condition is a list: its operation, the purposes without which it is unknown (bits), and what its operation
 * needs, in the order in which that operation's `compile_…` gives it.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * The truth of a condition; its horizon stays in `$scope->until`.
 *
 * @param array<int, mixed> $node Compiled.
 */
function match_node( Scope $scope, array $node ): int {
	// Whatever a condition would say, without the purposes that it needs it says unknown.
	if ( ( $node[1] & $scope->denied ) !== 0 ) {
		$scope->until = NEVER;
		return -1;
	}
	// Text that is written out, so that PHP makes a table of jumps of it.
	switch ( $node[0] ) {
		case 'remembered':
			// Asked once a question, however many ask for it.
			$place = $node[2];
			$truth = $scope->truths[ $place ] ?? null;
			if ( null !== $truth ) {
				$scope->until = $scope->untils[ $place ];
				return $truth;
			}
			$truth                   = match_node( $scope, $node[3] );
			$scope->truths[ $place ] = $truth;
			$scope->untils[ $place ] = $scope->until;
			return $truth;
		case 'swept':
			return match_swept( $scope, $node );
		case 'attr':
			return match_attr( $scope, $node );
		case 'all':
			return match_decided( $scope, $node, 0 );
		case 'any':
			return match_decided( $scope, $node, 1 );
		case 'not':
			return negate( match_node( $scope, $scope->nodes[ $node[2] ] ) );
		case 'atLeast':
			return match_at_least( $scope, $node );
		case 'segment':
			return match_node( $scope, $scope->nodes[ $node[2] ] );
		case 'count':
			return match_count( $scope, $node );
		case 'total':
			return match_total( $scope, $node );
		case 'ring':
			return match_ring( $scope, $node );
		case 'average':
			return match_average( $scope, $node );
		case 'distinct':
			return match_distinct( $scope, $node );
		case 'absent':
			return match_absent( $scope, $node );
		case 'since':
			return match_since( $scope, $node );
		case 'unfinished':
			return match_unfinished( $scope, $node );
		case 'touch':
			return match_touch( $scope, $node );
		case 'chain':
			return match_chain( $scope, $node );
		case 'periods':
			return match_periods( $scope, $node );
		case 'score':
			return match_score( $scope, $node );
		case 'strength':
			return match_strength( $scope, $node );
		case 'top':
			return match_top( $scope, $node );
		case 'rfm':
			return match_rfm( $scope, $node );
		case 'when':
			return match_when( $scope, $node );
		case 'consent':
			return match_consent( $scope, $node );
		default:
			throw new \LogicException( "[core] match_node: no operation {$node[0]}. Compile the ruleset anew." );
	}
}

/**
 * A condition on values alone, with many such beside it.
 *
 * @param array<int, mixed> $node Its number in the sweep, and itself.
 */
function match_swept( Scope $scope, array $node ): int {
	if ( '' === $scope->trues && ++$scope->asked < FEW_FORMULAS ) {
		return match_node( $scope, $node[3] );
	}
	$trues        = sweep_trues( $scope );
	$number       = $node[2];
	$scope->until = NEVER;
	return '1' === $trues[ $number ] ? IS_TRUE : SWEPT[ sweep( $scope )[ $number ] ];
}
