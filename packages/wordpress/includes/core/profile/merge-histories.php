<?php
/**
 * Merges the histories of two visitors who turn out to be one person on two devices; which is given first makes no
 * difference.
 *
 * While the recent events are the whole history of both, the profile is that of all events folded into one. Older events
 * are merged as `merge_states` says, up to the later of the two bases; what comes after it is folded again.
 *
 * An event that stands among the recent ones of both counts once; of two versions of one id the earlier stays. One that a
 * base took in cannot be told any more: a store that still knows its id leaves it out of the other's recent events. Of a
 * trait that events told, the telling stands that would if one had heard all; of others that both have, the value of whoever
 * was seen last.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param array<string, mixed>    $plan          The plan of a compiled ruleset.
 * @param callable(): list<Event> $read_recent_a Gives the recent events of `a`, in any order.
 * @param callable(): list<Event> $read_recent_b Gives the recent events of `b`, in any order.
 */
function merge_histories( History $a, History $b, array $plan, callable $read_recent_a, callable $read_recent_b ): Folded {
	$sides = array( adopt_side( $a, $plan, $read_recent_a ), adopt_side( $b, $plan, $read_recent_b ) );
	usort( $sides, compare_sides( ... ) );
	[ $earlier, $later ] = $sides;

	$cut    = base_seen_last( $earlier, $later );
	$recent = unite_events( array_merge( $earlier->recent, $later->recent ) );
	$fresh  = $recent;
	$passed = array();
	$base   = null;
	if ( null !== $cut ) {
		$is_after = static fn ( Event $event ): bool => is_after( $event, $cut->last_seconds, $cut->last_id );
		$fresh    = array_values( array_filter( $recent, $is_after ) );
		$passed   = without_events( $recent, $fresh );
		$base     = merge_bases( $earlier, $later, $passed, $plan );
	}
	[ $one, $other ] = array( $earlier->history->profile, $later->history->profile );
	$first_seen      = earliest( $one->first_seen, $other->first_seen );
	$given           = with_given( empty_profile( $plan ), (object) ( untold_of( $other ) + untold_of( $one ) ), $first_seen );
	$folded          = settle_and_fold( $base, $fresh, $given, $plan );
	$settled         = array_merge( $earlier->settled, $later->settled, $passed, $folded->settled );
	return new Folded( $folded->history, $settled );
}

/**
 * One of the two, adopted to the plan: `recent` are the events that its base has not taken in.
 */
final class Side {

	/**
	 * @param list<Event> $recent  Not taken in.
	 * @param list<Event> $settled Taken in by adopting.
	 */
	public function __construct(
		public readonly History $history,
		public readonly array $recent,
		public readonly array $settled
	) {}
}

/**
 * @param array<string, mixed>    $plan        The plan of a compiled ruleset.
 * @param callable(): list<Event> $read_recent Gives the recent events, in any order.
 */
function adopt_side( History $history, array $plan, callable $read_recent ): Side {
	$recent  = $read_recent();
	$adopted = adopt_plan( $history, $plan, static fn (): array => $recent );
	return new Side( $adopted->history, without_events( $recent, $adopted->settled ), $adopted->settled );
}

/**
 * By who was seen last. Two who were seen last at one event are told apart by whatever differs.
 */
function compare_sides( Side $a, Side $b ): int {
	$order = compare_last( $a->history->profile, $b->history->profile );
	return 0 !== $order ? $order : strcmp( side_text( $a ), side_text( $b ) );
}

/**
 * Nobody was seen before the first event.
 */
function compare_last( ?Profile $a, ?Profile $b ): int {
	[ $one, $other ] = array( $a->last_seconds ?? null, $b->last_seconds ?? null );
	if ( null === $one || null === $other ) {
		return (int) ( null !== $one ) - (int) ( null !== $other );
	}
	return $one !== $other ? $one <=> $other : strcmp( $a->last_id ?? '', $b->last_id ?? '' );
}

/**
 * All that tells one side from another.
 */
function side_text( Side $side ): string {
	$base   = $side->history->base;
	$recent = array_map( event_to_json( ... ), sort_events( $side->recent ) );
	return canonical_json(
		array( profile_to_json( $side->history->profile ), null === $base ? null : profile_to_json( $base ), $recent )
	);
}

/**
 * The base whose newest event is the later one; null while no base has heard any.
 */
function base_seen_last( Side $a, Side $b ): ?Profile {
	[ $one, $other ] = array( $a->history->base, $b->history->base );
	$base            = compare_last( $one, $other ) >= 0 ? $one : $other;
	return null === ( $base->last_seconds ?? null ) ? null : $base;
}

/**
 * Each id once: of two versions the earlier stays.
 *
 * @param list<Event> $events Events.
 * @return list<Event>
 */
function unite_events( array $events ): array {
	$by_id = array();
	foreach ( $events as $event ) {
		$known = $by_id[ $event->id ] ?? null;
		if ( null === $known || compare_event_versions( $event, $known ) < 0 ) {
			$by_id[ $event->id ] = $event;
		}
	}
	return array_values( $by_id );
}

/**
 * By time, then by whatever else differs.
 */
function compare_event_versions( Event $a, Event $b ): int {
	$order = compare_events( $a, $b );
	return 0 !== $order ? $order : strcmp( canonical_json( event_to_json( $a ) ), canonical_json( event_to_json( $b ) ) );
}

/**
 * Each base first takes in its own events up to where the other one is, in their order, so that it finds their chains.
 *
 * @param list<Event>          $passed The events of both up to there.
 * @param array<string, mixed> $plan   The plan of a compiled ruleset.
 */
function merge_bases( Side $a, Side $b, array $passed, array $plan ): Profile {
	$ids = array();
	foreach ( $a->recent as $event ) {
		$ids[ $event->id ] = true;
	}
	$is_first = static fn ( Event $event ): bool => isset( $ids[ $event->id ] );
	$own      = array_values( array_filter( $passed, $is_first ) );
	$one      = apply_events( $a->history->base ?? empty_profile( $plan ), sort_events( $own ), $plan );
	$others   = sort_events( without_events( $passed, $own ) );
	$other    = apply_events( $b->history->base ?? empty_profile( $plan ), $others, $plan );
	$signals  = array();
	foreach ( $plan['keys'] as $slot => $key ) {
		$signals[ $key ] = merge_states( $plan['signals'][ $slot ], $one->signals[ $key ], $other->signals[ $key ] );
	}
	$last = compare_last( $one, $other ) >= 0 ? $one : $other;
	$told = join_traits( $one, $other );
	return new Profile(
		$plan['id'],
		earliest( $one->first_seen, $other->first_seen ),
		$last->last_seconds,
		$last->last_id,
		$signals,
		$told->traits,
		$told->told
	);
}
