<?php
/**
 * When something happened first or last.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Compiles `absent`: signal, window.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int>
 */
function compile_absent( \stdClass $node, string $path, array $plan ): array {
	return array(
		signal_member( $node, 'slot', $path, $plan, array( 'times' ) ),
		whole_member( $node, 'within', $path, 1 ),
	);
}

/**
 * It did not happen in the window, and the visitor was observed for all of it.
 *
 * @param array<int, mixed> $node Of `compile_absent`.
 */
function match_absent( Scope $scope, array $node ): int {
	list( , , $signal, $within ) = $node;
	$state                     = state_at( $scope, $signal );
	$start                     = $scope->now - $within;
	$last                      = $state['times'][0] ?? null;
	if ( null !== $last && $last > $start ) {
		return answer( $scope, IS_FALSE, $last + $within );
	}
	$first_seen = $scope->profile->first_seen;
	if ( null === $first_seen ) {
		return answer( $scope, UNKNOWN, NEVER );
	}
	$observed = \max( $first_seen, $state['since'] ?? $first_seen );
	if ( $observed <= $start ) {
		return answer( $scope, IS_TRUE, NEVER );
	}
	return answer( $scope, UNKNOWN, time_after( $observed, $within ) );
}

/**
 * Compiles `since`: signal, whether the first is asked for, least, greatest.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int|bool>
 */
function compile_since( \stdClass $node, string $path, array $plan ): array {
	return array(
		signal_member( $node, 'slot', $path, $plan, array( 'times' ) ),
		true === ( $node->first ?? false ),
		...range_member( $node, $path ),
	);
}

/**
 * The time passed since the last or first matching event.
 *
 * @param array<int, mixed> $node Of `compile_since`.
 */
function match_since( Scope $scope, array $node ): int {
	list( , , $signal, $first, $least, $greatest ) = $node;
	$state                                       = state_at( $scope, $signal );
	$times                                       = $state['times'];
	$event                                       = $first ? $state['first'] ?? $times[ \count( $times ) - 1 ] ?? null : $times[0] ?? null;
	if ( null === $event ) {
		return answer( $scope, UNKNOWN, NEVER );
	}
	if ( $first && ( $state['since'] ?? NEVER ) <= $event && $scope->now - $event <= $greatest ) {
		return match_since_unsure( $scope, $event, $least, $greatest );
	}
	return match_passed( $scope, $event, $least, $greatest );
}

/** Whether the time passed since a second lies in a range. */
function match_passed( Scope $scope, int $event, int $least, int $greatest ): int {
	$passed = $scope->now - $event;
	if ( $passed < $least ) {
		return answer( $scope, IS_FALSE, $event + $least );
	}
	if ( $passed <= $greatest ) {
		return answer( $scope, IS_TRUE, NEVER === $greatest ? NEVER : $event + $greatest + 1 );
	}
	return answer( $scope, IS_FALSE, NEVER );
}

/** Watched only since later, an earlier first may have gone unheard: at least so much has passed. */
function match_since_unsure( Scope $scope, int $event, int $least, int $greatest ): int {
	if ( NEVER !== $greatest ) {
		return answer( $scope, UNKNOWN, $event + $greatest + 1 );
	}
	$is_sure = $scope->now - $event >= $least;
	return $is_sure ? answer( $scope, IS_TRUE, NEVER ) : answer( $scope, UNKNOWN, $event + $least );
}

/**
 * Compiles `unfinished`: signals of what begins and of what finishes, seconds to wait, window.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int>
 */
function compile_unfinished( \stdClass $node, string $path, array $plan ): array {
	return array(
		signal_member( $node, 'begun', $path, $plan, array( 'times' ) ),
		signal_member( $node, 'finished', $path, $plan, array( 'times' ) ),
		whole_member( $node, 'wait', $path, 1 ),
		whole_member( $node, 'within', $path, 1 ),
	);
}

/**
 * The last beginning lies in `(now − within, now − for]` and nothing finished it since.
 *
 * @param array<int, mixed> $node Of `compile_unfinished`.
 */
function match_unfinished( Scope $scope, array $node ): int {
	list( , , $begun, $finished, $wait, $within ) = $node;
	$start                                        = state_at( $scope, $begun );
	$last                                         = $start['times'][0] ?? null;
	if ( null === $last || $last <= $scope->now - $within ) {
		return answer( $scope, IS_FALSE, NEVER );
	}
	$end    = state_at( $scope, $finished );
	$finish = $end['times'][0] ?? null;
	if ( null !== $finish && ( $finish > $last || ( $finish === $last && is_later( $end, $start ) ) ) ) {
		return answer( $scope, IS_FALSE, NEVER );
	}
	if ( $last > $scope->now - $wait ) {
		return answer( $scope, IS_FALSE, $last + $wait );
	}
	// A new ruleset may ask for what was not kept: then nobody knows which of one second came last …
	$is_even = $finish === $last && ! isset( $end['id'], $start['id'] );
	// … or whether what finishes it went unheard, before it was watched.
	$is_unheard = $finish !== $last && isset( $end['since'] ) && $end['since'] >= $last;
	return answer( $scope, $is_even || $is_unheard ? UNKNOWN : IS_TRUE, $last + $within );
}

/**
 * Tells whether the last event of one state came after that of another in the same second.
 *
 * @param array<string, mixed> $state Of a `times` signal.
 * @param array<string, mixed> $other The same.
 */
function is_later( array $state, array $other ): bool {
	return isset( $state['id'], $other['id'] ) && \strcmp( $state['id'], $other['id'] ) > 0;
}
