<?php
/**
 * Steps taken in order, and periods in which somebody was active.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Compiles `chain`: signal, steps, window, least, greatest.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int>
 */
function compile_chain( \stdClass $node, string $path, array $plan ): array {
	return array(
		signal_member( $node, 'slot', $path, $plan, array( 'chain' ) ),
		whole_member( $node, 'steps', $path, 1, 64 ),
		window_member( $node, $path ),
		...range_member( $node, $path ),
	);
}

/**
 * The furthest step whose chain ended in the window lies in a range; 0 when there is none.
 *
 * @param array<int, mixed> $node Of `compile_chain`.
 */
function match_chain( Scope $scope, array $node ): int {
	list( , , $signal, $steps, $window, $least, $greatest ) = $node;
	$chains = state_at( $scope, $signal )['chains'];
	$step   = furthest_step( $chains, $steps, NEVER === $window ? -NEVER : $scope->now - $window );
	$passes = $step >= $least && $step <= $greatest;
	$until  = NEVER;
	while ( $step > 0 && $scope->is_timed ) {
		$end  = $chains[ $step - 1 ][1];
		$step = furthest_step( $chains, $step - 1, $end );
		if ( ( $step >= $least && $step <= $greatest ) !== $passes ) {
			$until = time_after( $end, $window );
			break;
		}
	}
	return answer( $scope, $passes ? IS_TRUE : IS_FALSE, $until );
}

/**
 * The furthest step up to `from` whose chain ended after a second.
 *
 * @param list<array{int, int}|null> $chains By step.
 */
function furthest_step( array $chains, int $from, int $after ): int {
	$step = $from;
	while ( $step > 0 && ( $chains[ $step - 1 ][1] ?? -NEVER ) <= $after ) {
		--$step;
	}
	return $step;
}

/**
 * Compiles `periods`: signal, period, least, of how many.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int|string>
 */
function compile_periods( \stdClass $node, string $path, array $plan ): array {
	$period = text_member( $node, 'period', $path );
	if ( 'day' !== $period && 'week' !== $period ) {
		throw damaged( "{$path}.period", 'day or week' );
	}
	return array(
		signal_member( $node, 'slot', $path, $plan, array( 'periods' ) ),
		$period,
		whole_member( $node, 'least', $path, 1 ),
		whole_member( $node, 'of', $path, 1 ),
	);
}

/**
 * Active in at least so many of the last periods, the current one included.
 *
 * @param array<int, mixed> $node Of `compile_periods`.
 */
function match_periods( Scope $scope, array $node ): int {
	list( , , $signal, $period, $least, $of ) = $node;
	$decisive                               = state_at( $scope, $signal )['periods'][ $least - 1 ] ?? null;
	// Periods leave one after another: the answer turns when the one at the least place does.
	if ( null === $decisive || $decisive <= period_of( $period, $scope->now ) - $of ) {
		return answer( $scope, IS_FALSE, NEVER );
	}
	return answer( $scope, IS_TRUE, period_start( $period, $decisive + $of ) );
}
