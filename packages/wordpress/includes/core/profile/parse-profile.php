<?php
/**
 * Reads a profile that came from elsewhere, over the network perhaps: whatever passes can be folded and asked.
 *
 * With the plan of the ruleset that will be asked, every signal of the plan has a state of its kind (one that is missing
 * heard nothing), and nothing else is taken. A profile of another plan is refused: ask whoever keeps it for this one.
 * Without a plan the kind is read off the signal's key; then bucket indexes and steps are not held against the ruleset.
 *
 * Throws \InvalidArgumentException naming the place, the rule and the cure.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The most signals that are read without a plan; a ruleset has at most 48. */
const MAX_PARSED_SIGNALS = 256;

/**
 * @param array<string, mixed>|null $plan The plan of a compiled ruleset.
 */
function parse_profile( \stdClass $json, ?array $plan = null ): Profile {
	if ( ! in_array( $json->version ?? null, array( 1, 1.0 ), true ) ) {
		refuse_profile( '$.version', 'is not 1, the version that is read here; update the plugin' );
	}
	$id = parse_text( $json->plan ?? null, '$.plan' );
	if ( null !== $plan && $id !== $plan['id'] ) {
		refuse_profile( '$.plan', 'is not the plan of this ruleset; read the profile for this revision' );
	}
	$first_seen = $json->firstSeen ?? null;
	$last       = $json->last ?? null;
	$signals    = parse_member_object( $json->signals ?? null, '$.signals' );
	$states     = null === $plan ? parse_known_states( $signals ) : parse_planned_states( $signals, $plan );
	$seen       = null === $last ? null : parse_member_object( $last, '$.last' );
	return new Profile(
		$id,
		null === $first_seen ? null : parse_seconds( $first_seen, '$.firstSeen' ),
		null === $seen ? null : parse_seconds( $seen->seconds ?? null, '$.last.seconds' ),
		null === $seen ? '' : parse_text( $seen->id ?? null, '$.last.id' ),
		$states,
		parse_traits( $json->traits ?? null ),
		parse_told( $json->told ?? null )
	);
}

/**
 * The states of a plan's signals, in its order.
 *
 * @param array<string, mixed> $plan The plan of a compiled ruleset.
 * @return array<string, array<string, mixed>>
 */
function parse_planned_states( \stdClass $signals, array $plan ): array {
	$states = array();
	foreach ( $plan['keys'] as $slot => $key ) {
		$signal         = $plan['signals'][ $slot ];
		$json           = $signals->{$key} ?? null;
		$path           = json_path( '$.signals', $key );
		$states[ $key ] = null === $json ? empty_state( $signal ) : parse_state( $signal, $json, $path );
	}
	return $states;
}

/**
 * The states of all signals, whose kind is the first word of their key.
 *
 * @return array<string, array<string, mixed>>
 */
function parse_known_states( \stdClass $signals ): array {
	$members = get_object_vars( $signals );
	if ( count( $members ) > MAX_PARSED_SIGNALS ) {
		refuse_profile( '$.signals', 'has more than ' . MAX_PARSED_SIGNALS . ' members; it is no profile of ours' );
	}
	$states = array();
	foreach ( $members as $key => $json ) {
		$key            = (string) $key;
		$kind           = explode( ' ', $key, 2 )[0];
		$states[ $key ] = parse_state( array( 'kind' => $kind ), $json, json_path( '$.signals', $key ) );
	}
	return $states;
}

/**
 * Traits: text, numbers, booleans and lists of text; what is null is missing.
 */
function parse_traits( mixed $json ): \stdClass {
	$traits = new \stdClass();
	foreach ( get_object_vars( parse_member_object( $json, '$.traits' ) ) as $name => $value ) {
		$path = json_path( '$.traits', (string) $name );
		if ( is_array( $value ) ) {
			$parse_item      = static fn ( mixed $item ): string => parse_text( $item, $path );
			$traits->{$name} = array_map( $parse_item, array_values( $value ) );
		} elseif ( is_scalar( $value ) ) {
			$traits->{$name} = parse_scalar( $value, $path );
		} elseif ( null !== $value ) {
			refuse_profile( $path, 'is no text, number, boolean or list of text; correct the trait where it is set' );
		}
	}
	return $traits;
}

/**
 * Which event told a trait.
 *
 * @return array<string, array<string, mixed>>
 */
function parse_told( mixed $json ): array {
	$told = array();
	foreach ( get_object_vars( null === $json ? new \stdClass() : parse_member_object( $json, '$.told' ) ) as $name => $telling ) {
		$path          = json_path( '$.told', (string) $name );
		$members       = parse_member_object( $telling, $path );
		$told[ $name ] = array(
			'seconds' => parse_seconds( $members->seconds ?? null, "{$path}.seconds" ),
			'id'      => parse_text( $members->id ?? null, "{$path}.id" ),
		);
		if ( isset( $members->weight ) ) {
			$told[ $name ]['weight'] = parse_whole( $members->weight, "{$path}.weight", 1, MAX_TRAIT_WEIGHT );
		}
	}
	return $told;
}
