<?php
/**
 * What a browser or an edge is told of a placement that the ruleset's experiences decide.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * The experiences of a placement as entries, in list order, up to the first that cannot be told: one with a cap, with shares, or
 * whose audience is no segment. Whom none of them takes in sees the default. The holdout is the chooser's to obey: it knows the
 * visitor.
 *
 * @param callable( string ): int|string|null $tell As for entries_of().
 * @return list<list<mixed>>
 */
function ruled_entries( Placement $placement, Asking $asking, callable $tell ): array {
	$entries = array();
	foreach ( $asking->compiled['experiences'][ $placement->id ] ?? array() as $experience ) {
		$audience = null === $experience['cap'] && null === $experience['axis'] ? ruled_audience( $experience, $asking, $tell ) : null;
		if ( null === $audience ) {
			break;
		}
		$from      = -Core\NEVER === $experience['from'] ? null : $experience['from'];
		$until     = Core\NEVER === $experience['until'] ? null : $experience['until'];
		$when      = null === $from && null === $until ? array() : array( $from, $until );
		$entries[] = array( $experience['cuts'][0][0], ...$audience, ...$when );
	}
	return $entries;
}

/**
 * The audience of an experience as it is told; null when it cannot be.
 *
 * @param array<string, mixed> $experience Compiled.
 * @return ?array{string, list<int|string>}
 */
function ruled_audience( array $experience, Asking $asking, callable $tell ): ?array {
	$segment = $asking->compiled['audiences'][ $experience['key'] ] ?? null;
	if ( null === $segment && null !== $experience['audience'] ) {
		return null;
	}
	$audience = null === $segment ? array( 'all', array() ) : told_audience( new Variant( '', array( $segment ) ), $asking, $tell );
	// What is for everybody is still for those alone who agreed, unless it is functional.
	return array( 'all', array() ) === $audience && ! $experience['functional'] ? null : $audience;
}
