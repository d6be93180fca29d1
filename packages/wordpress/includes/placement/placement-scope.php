<?php
/**
 * On what a placement depends: who may be answered by one cached page.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * The widest of the scopes of all that a placement looks at: 'static', 'coarse' or 'private'. A share needs to know the
 * visitor; what a ruleset's experiences look at may be anything.
 *
 * @param array<string, mixed> $compiled As load_ruleset() gives it.
 */
function placement_scope( Placement $placement, array $compiled ): string {
	if ( is_decided_by_ruleset( $placement, $compiled ) ) {
		return array() === ( $compiled['experiences'][ $placement->id ] ?? array() ) ? 'static' : 'private';
	}
	$widest = 'static';
	foreach ( $placement->variants as $variant ) {
		if ( $variant->never ) {
			continue;
		}
		if ( 'experiment' === $placement->strategy ) {
			return 'private';
		}
		foreach ( $variant->segments as $segment ) {
			$scope = $compiled['scopes'][ $segment ] ?? 'static';
			if ( 'private' === $scope ) {
				return 'private';
			}
			$widest = 'coarse' === $scope ? 'coarse' : $widest;
		}
	}
	return $widest;
}

/**
 * The segments that a placement's variants name and the ruleset knows, each once.
 *
 * @param array<string, mixed> $compiled As load_ruleset() gives it.
 * @return list<string>
 */
function segments_of( Placement $placement, array $compiled ): array {
	$segments = array();
	foreach ( $placement->variants as $variant ) {
		foreach ( $variant->never ? array() : $variant->segments as $segment ) {
			if ( isset( $compiled['segments'][ $segment ] ) ) {
				$segments[ $segment ] = true;
			}
		}
	}
	return array_map( 'strval', array_keys( $segments ) );
}
