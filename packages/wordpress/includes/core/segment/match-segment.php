<?php
/**
 * Segments: named groups of visitors, those for whom a condition is true.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Whether the visitor is in a segment: 1, 0, or −1 when nobody can tell; the horizon, in seconds, stays in `$scope->until`.
 *
 * @throws \InvalidArgumentException When there is no such segment.
 */
function match_segment( Scope $scope, string $key ): int {
	$place = $scope->compiled['segments'][ $key ] ?? null;
	if ( null === $place ) {
		throw new \InvalidArgumentException( "[core] match_segment: no segment {$key}. Name one of the ruleset's." );
	}
	return match_node( $scope, $scope->nodes[ $place ] );
}
