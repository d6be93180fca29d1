<?php
/**
 * A profile at rest, with what it takes to put late events in their place and to fill new signals.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The raw events that are at least kept beside a profile. */
const KEPT_EVENTS = 128;

/** Folding into the base is done for 128 events at once, so that it costs a visitor's writes next to nothing. */
const SETTLE_AT = 2 * KEPT_EVENTS;

/**
 * `profile` is always the fold of `base` and then of the recent events in their order; `plan` is what both were folded for;
 * `base` is the fold of all older events, null while the recent ones are the whole history; `recent_count` is how many
 * recent events the store keeps for this visitor.
 */
final class History {

	/**
	 * @param array<string, mixed> $plan The plan that profile and base were folded for.
	 */
	public function __construct(
		public readonly Profile $profile,
		public readonly array $plan,
		public readonly ?Profile $base = null,
		public readonly int $recent_count = 0
	) {}
}

/**
 * What folding answers: the new history, and the events that the base took in: they are recent no more.
 */
final class Folded {

	/**
	 * @param list<Event> $settled Taken into the base.
	 */
	public function __construct( public readonly History $history, public readonly array $settled = array() ) {}
}

/**
 * A visitor nobody has heard of.
 *
 * @param array<string, mixed> $plan The plan of a compiled ruleset.
 */
function empty_history( array $plan ): History {
	return new History( empty_profile( $plan ), $plan );
}

/**
 * Folds recent events, in any order, on a base. When they are too many the base takes the oldest in.
 *
 * @param list<Event>          $recent In any order.
 * @param Profile              $given  Its first sight stays, and those of its traits that no event told.
 * @param array<string, mixed> $plan   The plan of a compiled ruleset.
 */
function settle_and_fold( ?Profile $base, array $recent, Profile $given, array $plan ): Folded {
	$sorted  = sort_events( $recent );
	$settled = count( $sorted ) < SETTLE_AT ? array() : array_slice( $sorted, 0, count( $sorted ) - KEPT_EVENTS );
	if ( array() !== $settled ) {
		$base = apply_events( $base ?? empty_profile( $plan ), $settled, $plan );
	}
	$kept = array_slice( $sorted, count( $settled ) );
	return new Folded( fold_layers( $base, $kept, $given, $plan ), $settled );
}

/**
 * Folds recent events, in their order, on a base.
 *
 * @param list<Event>          $recent In their order.
 * @param Profile              $given  Its first sight stays, and those of its traits that no event told.
 * @param array<string, mixed> $plan   The plan of a compiled ruleset.
 */
function fold_layers( ?Profile $base, array $recent, Profile $given, array $plan ): History {
	$folded  = apply_events( $base ?? empty_profile( $plan ), $recent, $plan );
	$traits  = get_object_vars( $folded->traits ) + array_diff_key( untold_of( $given ), $folded->told );
	$profile = with_given( $folded, (object) $traits, earliest( $folded->first_seen, $given->first_seen ) );
	return new History( $profile, $plan, $base, count( $recent ) );
}

/**
 * The events without some of them.
 *
 * @param list<Event> $events Events.
 * @param list<Event> $gone   Those to leave out: the very objects, not others of the same id.
 * @return list<Event>
 */
function without_events( array $events, array $gone ): array {
	$ids = array();
	foreach ( $gone as $event ) {
		$ids[ spl_object_id( $event ) ] = true;
	}
	return array_values( array_filter( $events, static fn ( Event $event ): bool => ! isset( $ids[ spl_object_id( $event ) ] ) ) );
}
