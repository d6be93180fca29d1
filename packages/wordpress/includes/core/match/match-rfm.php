<?php
/**
 * Recency, frequency and money.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Compiles `rfm`: signal of the last times, window, and a compiled condition for each named band.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return array{int, int, list<array<int, mixed>>}
 */
function compile_rfm( \stdClass $node, string $path, array $plan ): array {
	$last   = signal_member( $node, 'last', $path, $plan, array( 'times' ) );
	$within = whole_member( $node, 'within', $path, 1 );
	$bucket = whole_member( $node, 'bucket', $path, 1 );
	$bands  = array();
	if ( \property_exists( $node, 'recency' ) ) {
		$bands[] = array( 'since', 0, $last, false, ...range_member( (object) array( 'range' => $node->recency ), "{$path}.recency" ) );
	}
	foreach ( array( 'frequency' => null, 'monetary' => 'sum' ) as $name => $take ) {
		if ( ! \property_exists( $node, $name ) ) {
			continue;
		}
		$band    = object_member( $node, $name, $path );
		$place   = "{$path}.{$name}";
		$signal    = signal_member( $band, 'slot', $place, $plan, array( 'ring' ) );
		$bands[] = array( 'ring', 0, $signal, $bucket, $take, ...range_member( $band, $place ) );
	}
	return array( $last, $within, $bands );
}

/**
 * Every named band passes; unknown with no event in the window.
 *
 * @param array<int, mixed> $node Of `compile_rfm`.
 */
function match_rfm( Scope $scope, array $node ): int {
	list( , , $signal, $within, $bands ) = $node;
	$time                              = state_at( $scope, $signal )['times'][0] ?? null;
	if ( null === $time || $time <= $scope->now - $within ) {
		return answer( $scope, UNKNOWN, NEVER );
	}
	$truth = IS_TRUE;
	$until = $time + $within;
	foreach ( $bands as $band ) {
		if ( IS_TRUE !== match_node( $scope, $band ) ) {
			$truth = IS_FALSE;
		}
		$until = \min( $until, $scope->until );
	}
	return answer( $scope, $truth, $until );
}
