<?php
/**
 * A profile as a visitor token carries it: places instead of keys, ages instead of times.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Packs what evaluation needs of a profile: `[age of first seen, age of the last event, traits, states]`, where ages are
 * whole seconds before `$at`, null when there is none, and no traits are 0.
 *
 * @param array $plan The signal plan that it was folded for.
 */
function pack_profile( Profile $profile, array $plan, int $at ): array {
	$states = array();
	foreach ( $plan['signals'] as $slot => $signal ) {
		$states[] = pack_state( $signal, $profile->signals[ $plan['keys'][ $slot ] ] ?? null, $at );
	}
	return array(
		null === $profile->first_seen ? null : $at - $profile->first_seen,
		null === $profile->last_seconds ? null : $at - $profile->last_seconds,
		array() === (array) $profile->traits ? 0 : $profile->traits,
		$states,
	);
}

/** Undoes `pack_profile` for the same plan and instant; null when the shape is not ours. */
function unpack_profile( mixed $packed, array $plan, int $at ): ?Profile {
	if ( ! is_array( $packed ) || 4 !== count( $packed ) ) {
		return null;
	}
	list( $first_seen_age, $last_age, $traits, $states ) = $packed;
	if ( ! is_age( $first_seen_age ) || ! is_age( $last_age ) ) {
		return null;
	}
	if ( ! is_array( $states ) || count( $states ) !== count( $plan['signals'] ) ) {
		return null;
	}
	$signals = array();
	foreach ( $plan['signals'] as $slot => $signal ) {
		$signals[ $plan['keys'][ $slot ] ] = unpack_state( $signal, $states[ $slot ], $at );
	}
	return new Profile(
		plan: $plan['id'],
		first_seen: null === $first_seen_age ? null : $at - $first_seen_age,
		last_seconds: null === $last_age ? null : $at - $last_age,
		last_id: '',
		signals: $signals,
		traits: $traits instanceof \stdClass ? $traits : new \stdClass()
	);
}

function is_age( mixed $value ): bool {
	return null === $value || is_int( $value );
}
