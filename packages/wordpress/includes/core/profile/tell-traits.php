<?php
/**
 * Traits that events tell: of each the heavier telling stands, and of two that weigh the same the later in the order, whichever is heard first.
 *
 * What a profile was `told` is trait → telling: `seconds` and `id` of the event, and what its source `weight`s where the ruleset says so. A trait
 * that was taken back is told and has no value.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The event that tells a visitor's traits. */
const IDENTIFY = 'identify';

/** The property of such an event that holds trait → what its telling weighs. No trait may be named so. */
const TRAIT_WEIGHTS = '$weights';

/** The most that a source's telling of a trait weighs. */
const MAX_TRAIT_WEIGHT = 100;

/**
 * Hears an `identify` event: null takes a trait back; what is no value of a trait is not heard.
 */
function tell_traits( Profile $before, Event $event ): Profile {
	$traits  = get_object_vars( $before->traits );
	$told    = $before->told;
	$members = get_object_vars( $event->properties );
	$weights = $members[ TRAIT_WEIGHTS ] ?? null;
	foreach ( $members as $name => $value ) {
		if ( null !== $value && ! is_trait_value( $value ) ) {
			continue;
		}
		$name    = (string) $name;
		$weight  = $weights instanceof \stdClass ? $weights->{$name} ?? null : null;
		$telling = array(
			'seconds' => to_seconds( $event->time ),
			'id'      => $event->id,
		);
		if ( is_int( $weight ) || is_float( $weight ) ) {
			$telling['weight'] = $weight;
		}
		if ( isset( $told[ $name ] ) && compare_tellings( $telling, $told[ $name ] ) <= 0 ) {
			continue;
		}
		$told[ $name ] = $telling;
		unset( $traits[ $name ] );
		if ( null !== $value ) {
			$traits[ $name ] = $value;
		}
	}
	return with_told( $before, $traits, $told );
}

/**
 * A profile with what two have been told, as if one had heard all of it.
 */
function join_traits( Profile $a, Profile $b ): Profile {
	$traits = array();
	$told   = $a->told + $b->told;
	foreach ( array_keys( $told ) as $name ) {
		$side          = compare_told( $a, $b, (string) $name ) >= 0 ? $a : $b;
		$told[ $name ] = $side->told[ $name ];
		$value         = $side->traits->{$name} ?? null;
		if ( null !== $value ) {
			$traits[ $name ] = $value;
		}
	}
	return with_told( $a, $traits, $told );
}

/**
 * Those traits that no event told.
 *
 * @return array<string, mixed>
 */
function untold_of( Profile $profile ): array {
	return array_diff_key( get_object_vars( $profile->traits ), $profile->told );
}

/**
 * The same profile with other traits. The same tellings are the same bytes, whichever was heard first.
 *
 * @param array<string, mixed>                $traits Trait → value.
 * @param array<string, array<string, mixed>> $told   Trait → telling.
 */
function with_told( Profile $profile, array $traits, array $told ): Profile {
	$by_name = static fn ( int|string $a, int|string $b ): int => strcmp( (string) $a, (string) $b );
	uksort( $traits, $by_name );
	uksort( $told, $by_name );
	return new Profile(
		$profile->plan,
		$profile->first_seen,
		$profile->last_seconds,
		$profile->last_id,
		$profile->signals,
		(object) $traits,
		$told
	);
}

/**
 * Text, a number, a boolean or a list of text.
 */
function is_trait_value( mixed $value ): bool {
	return is_array( $value ) ? array() === array_filter( $value, static fn ( mixed $item ): bool => ! is_string( $item ) ) : is_scalar( $value );
}

/**
 * By weight, then by the order of events.
 *
 * @param array<string, mixed> $a A telling.
 * @param array<string, mixed> $b A telling.
 */
function compare_tellings( array $a, array $b ): int {
	$order = ( $a['weight'] ?? 0 ) <=> ( $b['weight'] ?? 0 );
	$order = 0 !== $order ? $order : $a['seconds'] <=> $b['seconds'];
	return 0 !== $order ? $order : strcmp( $a['id'], $b['id'] );
}

/**
 * Which of two was told a trait by the telling that stands. One event in two versions is told apart by what it says.
 */
function compare_told( Profile $a, Profile $b, string $name ): int {
	if ( ! isset( $a->told[ $name ], $b->told[ $name ] ) ) {
		return isset( $a->told[ $name ] ) ? 1 : -1;
	}
	$order = compare_tellings( $a->told[ $name ], $b->told[ $name ] );
	return 0 !== $order ? $order : strcmp( canonical_json( $a->traits->{$name} ?? null ), canonical_json( $b->traits->{$name} ?? null ) );
}
