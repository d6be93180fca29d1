<?php
/**
 * Folds fresh events (deduplicated) into a history, adopting the plan first when the history was folded for another.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param list<Event>             $fresh       In any order.
 * @param array<string, mixed>    $plan        The plan of a compiled ruleset.
 * @param callable(): list<Event> $read_recent Gives the visitor's recent events without the fresh ones, in any order; called
 *                                             only when an event is out of order, the recent ones are too many, or the plan
 *                                             is new.
 */
function fold_events( History $history, array $fresh, array $plan, callable $read_recent ): Folded {
	if ( $history->profile->plan !== $plan['id'] ) {
		return fold_for_new_plan( $history, $fresh, $plan, $read_recent );
	}
	$events   = sort_events( $fresh );
	$profile  = $history->profile;
	$in_order = array() === $events || is_after( $events[0], $profile->last_seconds, $profile->last_id );
	$count    = $history->recent_count + count( $events );
	if ( ! $in_order || $count >= SETTLE_AT ) {
		return refold_all( $history, $events, $plan, $read_recent );
	}
	return new Folded( new History( apply_events( $profile, $events, $plan ), $history->plan, $history->base, $count ) );
}

/**
 * @param list<Event>             $fresh       In any order.
 * @param array<string, mixed>    $plan        The plan of a compiled ruleset.
 * @param callable(): list<Event> $read_recent As above.
 */
function fold_for_new_plan( History $history, array $fresh, array $plan, callable $read_recent ): Folded {
	$recent  = $read_recent();
	$adopted = adopt_plan( $history, $plan, static fn (): array => $recent );
	$left    = without_events( $recent, $adopted->settled );
	$folded  = fold_events( $adopted->history, $fresh, $plan, static fn (): array => $left );
	return new Folded( $folded->history, array_merge( $adopted->settled, $folded->settled ) );
}

/**
 * @param list<Event>             $fresh       In their order.
 * @param array<string, mixed>    $plan        The plan of a compiled ruleset.
 * @param callable(): list<Event> $read_recent As above.
 */
function refold_all( History $history, array $fresh, array $plan, callable $read_recent ): Folded {
	$base = $history->base;
	$late = array();
	if ( null !== $base ) {
		// An event older than all that the base took in adds to it late; it may be counted, never put in a chain.
		$is_late = static fn ( Event $event ): bool => ! is_after( $event, $base->last_seconds, $base->last_id );
		$late    = array_values( array_filter( $fresh, $is_late ) );
		$base    = apply_events( $base, $late, $plan );
	}
	$recent = array_merge( $read_recent(), without_events( $fresh, $late ) );
	$folded = settle_and_fold( $base, $recent, $history->profile, $plan );
	return new Folded( $folded->history, array_merge( $late, $folded->settled ) );
}
