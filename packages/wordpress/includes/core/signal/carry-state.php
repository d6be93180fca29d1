<?php
/**
 * Takes what was kept for a signal of an old plan over to the same signal of a new one; only last times differ, in how
 * much of them is kept.
 *
 * Where the new plan asks for more than the old one kept (more times, or the first) and older ones may have been let go,
 * all that is known begins at the oldest time still there, and `since` says so: the first is then that time at the latest,
 * a count that reaches further back is at least what is counted. `absent` stays what it was, since no time is left out
 * after that one.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param array<string, mixed> $from  The signal of the old plan.
 * @param array<string, mixed> $to    The signal of the new plan.
 * @param array<string, mixed> $state What was kept.
 * @return array<string, mixed>
 */
function carry_state( array $from, array $to, array $state ): array {
	return 'times' === $from['kind'] && 'times' === $to['kind'] ? carry_times( $from, $to, $state ) : $state;
}

/**
 * @param array<string, mixed> $from  The signal of the old plan.
 * @param array<string, mixed> $to    The signal of the new plan.
 * @param array<string, mixed> $state What was kept.
 * @return array<string, mixed>
 */
function carry_times( array $from, array $to, array $state ): array {
	$times         = $state['times'];
	$first         = $state['first'] ?? null;
	$oldest        = array() === $times ? null : $times[ count( $times ) - 1 ];
	$asks_first    = $to['first'] ?? false;
	$asks_more     = $to['keep'] > $from['keep'] || ( $asks_first && null === $first );
	$may_lack_some = count( $times ) >= $from['keep'];
	$since         = $state['since'] ?? null;
	if ( null !== $oldest && $asks_more && $may_lack_some ) {
		$since = max( $oldest, $since ?? $oldest );
	}
	$carried = array(
		'times' => array_slice( $times, 0, $to['keep'] ),
		'first' => $asks_first ? ( $first ?? $oldest ) : null,
		'id'    => ( $to['id'] ?? false ) ? ( $state['id'] ?? null ) : null,
		'since' => $since,
	);
	return without_nulls( $carried );
}

/**
 * A state without the members that do not apply.
 *
 * @param array<string, mixed> $members Members, null for those that do not.
 * @return array<string, mixed>
 */
function without_nulls( array $members ): array {
	return array_filter( $members, static fn ( mixed $member ): bool => null !== $member );
}
