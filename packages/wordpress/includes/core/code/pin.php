<?php
/**
 * Pins: decisions held still for the client-side navigation that follows a document.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The longest pin that is read or issued, in characters. */
const MAX_PIN = 2000;

/**
 * Writes a pin bound to site and visitor.
 *
 * @param array      $compiled  A compiled ruleset.
 * @param Decision[] $decisions In the order in which they shall stand.
 */
function encode_pin(
	#[\SensitiveParameter] array $keys,
	string $site,
	string $visitor,
	array $compiled,
	array $decisions
): string {
	$pinned = new \stdClass();
	foreach ( $decisions as $decision ) {
		$held = array( $decision->variant, $decision->reason );
		if ( null !== $decision->experience ) {
			$held[] = $decision->experience;
		}
		$pinned->{$decision->placement} = $held;
	}
	$payload = to_payload( array( $compiled['revision'], $pinned ) );
	return seal( $keys, 'pin', owner_binding( $site, $visitor ), $payload );
}

/**
 * Reads a pin; null when it is not ours, somebody else's, or of another revision.
 *
 * @param array $compiled A compiled ruleset.
 * @return ?array<string,Decision> By placement; one that is gone, or whose variant is, is left out to be decided anew.
 */
function decode_pin(
	#[\SensitiveParameter] array $keys,
	string $site,
	string $visitor,
	array $compiled,
	string $text
): ?array {
	if ( strlen( $text ) > MAX_PIN ) {
		return null;
	}
	$payload = unseal( $keys, 'pin', owner_binding( $site, $visitor ), $text );
	$packed  = null === $payload ? null : from_payload( $payload );
	if ( ! is_array( $packed ) || ( $packed[0] ?? null ) !== $compiled['revision'] || ! ( $packed[1] ?? null ) instanceof \stdClass ) {
		return null;
	}
	$decisions = array();
	foreach ( (array) $packed[1] as $placement => $held ) {
		$decision = unpin( (string) $placement, $held, $compiled );
		if ( null !== $decision ) {
			$decisions[ $placement ] = $decision;
		}
	}
	return $decisions;
}

function unpin( string $placement, mixed $held, array $compiled ): ?Decision {
	list( $variant, $reason, $experience ) = is_array( $held ) ? $held + array( null, null, null ) : array( null, null, null );
	$variants                              = $compiled['placements'][ $placement ]['variants'] ?? array();
	if ( ! is_string( $reason ) || ! in_array( $variant, $variants, true ) ) {
		return null;
	}
	return new Decision(
		placement: $placement,
		variant: $variant,
		experience: is_string( $experience ) ? $experience : null,
		reason: $reason,
		until: null
	);
}
