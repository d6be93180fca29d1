<?php
/**
 * Which placements are decided for one visitor alone wherever they are delivered.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Whether a placement is decided by what only the visitor's own signed cookies say: what a confidential segment shows must
 * not be had by writing another key, and a ruleset's experiences look at more than segments. Without a collector nobody has
 * such cookies: what a confidential segment shows stays away, and the rest is decided by the key.
 *
 * @param array<string, mixed> $ruleset Compiled.
 */
function is_own( Placement $placement, array $ruleset ): bool {
	return is_decided_by_ruleset( $placement, $ruleset ) || 'experiment' === $placement->strategy
		|| '' !== settings()['collector'] && array() !== array_intersect( segments_of( $placement, $ruleset ), $ruleset['confidential'] );
}
