<?php
/**
 * What may be remembered about a visitor: exactly what the published ruleset's conditions need.
 *
 * `plan` is the id of the signal plan it was folded for; `first_seen` the whole seconds of the oldest event of any kind, or
 * the given first sight, whichever is older; `last_seconds` and `last_id` are those of the newest event in the order, null
 * and '' when nothing was heard; `signals` is signal key → state, one for every signal of the plan; `traits` holds text,
 * numbers, booleans and lists of text; `told` is which event told a trait. A profile is never changed: folding gives a new one.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

final class Profile {

	/**
	 * @param array<string, array<string, mixed>> $signals Signal key → state.
	 * @param array<string, array<string, mixed>> $told    Trait → telling.
	 */
	public function __construct(
		public readonly string $plan,
		public readonly ?int $first_seen,
		public readonly ?int $last_seconds,
		public readonly string $last_id,
		public readonly array $signals,
		public readonly \stdClass $traits,
		public readonly array $told = array()
	) {}
}

/**
 * A profile that heard nothing yet.
 *
 * @param array<string, mixed> $plan The plan of a compiled ruleset.
 */
function empty_profile( array $plan ): Profile {
	$signals = array();
	foreach ( $plan['keys'] as $slot => $key ) {
		$signals[ $key ] = empty_state( $plan['signals'][ $slot ] );
	}
	return new Profile( $plan['id'], null, null, '', $signals, new \stdClass() );
}

/**
 * The same profile with what no event says: traits, and a first sight that may be older than every event.
 */
function with_given( Profile $profile, \stdClass $traits, ?int $first_seen ): Profile {
	return new Profile(
		$profile->plan,
		$first_seen,
		$profile->last_seconds,
		$profile->last_id,
		$profile->signals,
		$traits,
		$profile->told
	);
}

/**
 * The earlier of two seconds, null being never.
 */
function earliest( ?int $a, ?int $b ): ?int {
	return null === $a || null === $b ? $a ?? $b : min( $a, $b );
}

/**
 * A profile as JSON has it.
 */
function profile_to_json( Profile $profile ): \stdClass {
	$json            = new \stdClass();
	$json->version   = 1;
	$json->plan      = $profile->plan;
	$json->firstSeen = $profile->first_seen;
	$json->last      = null === $profile->last_seconds ? null : (object) array(
		'seconds' => $profile->last_seconds,
		'id'      => $profile->last_id,
	);
	$json->signals   = (object) array_map( state_to_json( ... ), $profile->signals );
	$json->traits    = $profile->traits;
	if ( array() !== $profile->told ) {
		$json->told = (object) array_map( static fn ( array $telling ): \stdClass => (object) $telling, $profile->told );
	}
	return $json;
}

/**
 * A state as JSON has it: what a touch carried is an object, all other members are plain values or lists.
 *
 * @param array<string, mixed> $state Any signal's state.
 */
function state_to_json( array $state ): \stdClass {
	foreach ( array( 'first', 'last' ) as $member ) {
		if ( is_array( $state[ $member ] ?? null ) ) {
			$state[ $member ] = (object) $state[ $member ];
		}
	}
	return (object) $state;
}
