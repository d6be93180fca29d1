<?php
/**
 * Refolds a history for another plan. Signals that both plans know go on, with what `carry_state` says of wider ones; those
 * it lacks are filled from the last 128 events and watched since the oldest of these, or from the beginning when they are
 * the whole history; unknown ones go.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param array<string, mixed>    $plan        The plan of a compiled ruleset.
 * @param callable(): list<Event> $read_recent Gives the visitor's recent events, in any order.
 */
function adopt_plan( History $history, array $plan, callable $read_recent ): Folded {
	if ( $history->profile->plan === $plan['id'] ) {
		return new Folded( $history );
	}
	$recent  = sort_events( $read_recent() );
	$settled = array_slice( $recent, 0, max( 0, count( $recent ) - KEPT_EVENTS ) );
	$kept    = array_slice( $recent, count( $settled ) );
	if ( null !== $history->base ) {
		$base = rebase( $history, $settled, $plan, watched_since( $history, $kept ) );
	} else {
		$base = array() === $settled ? null : apply_events( empty_profile( $plan ), $settled, $plan );
	}
	return new Folded( fold_layers( $base, $kept, $history->profile, $plan ), $settled );
}

/**
 * With no event kept, what comes next is the first that a new signal hears.
 *
 * @param list<Event> $kept In their order.
 */
function watched_since( History $history, array $kept ): int {
	return isset( $kept[0] ) ? to_seconds( $kept[0]->time ) : ( $history->profile->last_seconds ?? 0 ) + 1;
}

/**
 * The history's base for another plan.
 *
 * @param list<Event>          $settled The events that it takes in.
 * @param array<string, mixed> $to      The other plan.
 * @param int                  $since   The second since when its new signals are watched.
 */
function rebase( History $history, array $settled, array $to, int $since ): Profile {
	$base    = $history->base ?? empty_profile( $history->plan );
	$known   = array_combine( $history->plan['keys'], $history->plan['signals'] );
	$carried = array();
	foreach ( $to['keys'] as $slot => $key ) {
		$signal          = $to['signals'][ $slot ];
		$carried[ $key ] = isset( $known[ $key ], $base->signals[ $key ] )
			? carry_state( $known[ $key ], $signal, $base->signals[ $key ] )
			: empty_state( $signal );
	}
	$after   = apply_events( with_signals( $base, $to['id'], $carried ), $settled, $to );
	$signals = $after->signals;
	foreach ( $to['keys'] as $slot => $key ) {
		if ( ! isset( $known[ $key ] ) ) {
			$signals[ $key ]          = empty_state( $to['signals'][ $slot ] );
			$signals[ $key ]['since'] = $since;
		}
	}
	return with_signals( $after, $to['id'], $signals );
}

/**
 * The same profile with the signals of another plan.
 *
 * @param array<string, array<string, mixed>> $signals Signal key → state.
 */
function with_signals( Profile $profile, string $plan, array $signals ): Profile {
	return new Profile(
		$plan,
		$profile->first_seen,
		$profile->last_seconds,
		$profile->last_id,
		$signals,
		$profile->traits,
		$profile->told
	);
}
