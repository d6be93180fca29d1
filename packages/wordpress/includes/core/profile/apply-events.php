<?php
/**
 * Folds events into a profile of this plan, in the order given. Dedupe comes before it.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Answers the new profile; with no event the one given.
 *
 * @param list<Event>          $events In the order in which they are folded.
 * @param array<string, mixed> $plan   The plan of a compiled ruleset.
 */
function apply_events( Profile $profile, array $events, array $plan ): Profile {
	if ( array() === $events ) {
		return $profile;
	}
	$heard        = heard_of( $plan );
	$signals      = $profile->signals;
	$first_seen   = $profile->first_seen;
	$last_seconds = $profile->last_seconds;
	$last_id      = $profile->last_id;
	$told         = $profile;
	foreach ( $events as $event ) {
		$seconds = to_seconds( $event->time );
		$newest  = is_after( $event, $last_seconds, $last_id );
		$folded  = new Folded_Event( $event, $seconds, $newest );
		foreach ( $heard['names'][ $event->name ] ?? $heard['every'] as $group ) {
			if ( ! passes_where( $group['where'], $event->properties ) ) {
				continue;
			}
			foreach ( $group['slots'] as $slot ) {
				$key               = $plan['keys'][ $slot ];
				$signals[ $key ] ??= empty_state( $plan['signals'][ $slot ] );
				fold_signal( $heard['signals'][ $slot ], $signals[ $key ], $folded );
			}
		}
		if ( IDENTIFY === $event->name ) {
			$told = tell_traits( $told, $event );
		}
		$first_seen = earliest( $first_seen, $seconds );
		if ( $newest ) {
			$last_seconds = $seconds;
			$last_id      = $event->id;
		}
	}
	return new Profile( $plan['id'], $first_seen, $last_seconds, $last_id, $signals, $told->traits, $told->told );
}

/**
 * Tells whether an event comes after the newest one heard so far.
 *
 * @param int|null $seconds The newest one's second; null when none was heard.
 * @param string   $id      The newest one's id.
 */
function is_after( Event $event, ?int $seconds, string $id ): bool {
	if ( null === $seconds ) {
		return true;
	}
	$later = to_seconds( $event->time ) - $seconds;
	return $later > 0 || ( 0 === $later && strcmp( $event->id, $id ) > 0 );
}

/**
 * Who listens to what: `signals`, prepared; `names`, event name → groups; `every`, the groups for all other names. A group
 * is the slots of the signals that listen with one filter, which is asked once an event.
 *
 * @param array<string, mixed> $plan The plan of a compiled ruleset.
 * @return array{signals: list<array<string, mixed>>, names: array<string, list<mixed>>, every: list<mixed>}
 */
function heard_of( array $plan ): array {
	// A plan is one array that many calls share, so telling that it is the same one costs nothing.
	static $known = null;
	static $heard = array();
	if ( $known === $plan ) {
		return $heard;
	}
	$signals = array_map( prepare_fold( ... ), $plan['signals'] );
	$events  = array_map( events_of( ... ), $plan['signals'] );
	$names   = array();
	foreach ( array_merge( array(), ...array_filter( $events ) ) as $name ) {
		$names[ $name ] ??= group_by_filter( $plan, $events, $name );
	}
	$known = $plan;
	$heard = array(
		'signals' => $signals,
		'names'   => $names,
		'every'   => group_by_filter( $plan, $events, null ),
	);
	return $heard;
}

/**
 * @param array<string, mixed>    $plan   The plan of a compiled ruleset.
 * @param list<list<string>|null> $events Slot → the names it listens to, null for all.
 * @param string|null             $name   Those that listen to this name; null: those that listen to any.
 * @return list<array{where: list<array{string, mixed}>, slots: list<int>}>
 */
function group_by_filter( array $plan, array $events, ?string $name ): array {
	$groups = array();
	foreach ( $plan['signals'] as $slot => $signal ) {
		if ( null !== $events[ $slot ] && ! in_array( $name, $events[ $slot ], true ) ) {
			continue;
		}
		$where = $signal['where'] ?? array();
		$text  = serialize( $where );

		$groups[ $text ]          ??= array(
			'where' => prepare_where( $where ),
			'slots' => array(),
		);
		$groups[ $text ]['slots'][] = $slot;
	}
	return array_values( $groups );
}
