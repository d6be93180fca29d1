<?php
/**
 * How a visitor stands to an experience.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The visitor is not among those to whom the experience is shown. */
const OUT = -1;

/** The visitor would see the experience, had it not been seen often enough. */
const CAPPED = -2;

/**
 * The place of the variant that it shows, `OUT` or `CAPPED`; the second from which that may differ stays in the scope.
 *
 * @param array<string, mixed> $experience Of `compile_experience`.
 * @param string|null          $visitor    Without one only whole allocations off any group's axis include anybody.
 * @param bool                 $is_true    The audience is known to be true whatever the time.
 */
function stand_experience( Scope $scope, array $experience, ?string $visitor, bool $is_true = false ): int {
	$now   = $scope->now;
	$place = null === $experience['axis'] ? 0 : place_in_cuts( $experience, $visitor );
	if ( OUT === $place || $now >= $experience['until'] ) {
		return answer( $scope, OUT, NEVER );
	}
	if ( $now < $experience['from'] ) {
		return answer( $scope, OUT, $experience['from'] );
	}
	$horizon = $experience['until'];
	if ( ! $is_true && null !== $experience['audience'] ) {
		$truth   = match_node( $scope, $scope->nodes[ $experience['audience'] ] );
		$horizon = \min( $horizon, $scope->until );
		if ( IS_TRUE !== $truth ) {
			return answer( $scope, OUT, $horizon );
		}
	}
	if ( null === $experience['cap'] || IS_TRUE !== match_node( $scope, $scope->nodes[ $experience['cap'] ] ) ) {
		return answer( $scope, $place, $horizon );
	}
	return answer( $scope, CAPPED, \min( $horizon, $scope->until ) );
}

/**
 * The place of the variant in whose share a visitor falls; `OUT` for nobody's.
 *
 * @param array<string, mixed> $experience Of `compile_experience`, with an axis.
 */
function place_in_cuts( array $experience, ?string $visitor ): int {
	return null === $visitor
		? OUT
		: cut_at( $experience['cuts'], $experience['start'], bucket_of( $visitor, $experience['axis'] ) );
}
