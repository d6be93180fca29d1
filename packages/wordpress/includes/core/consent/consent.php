<?php
/**
 * What a visitor allowed: a state for each purpose; one that is not named is not granted.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** Nothing but `functional`, as bits. */
const NO_CONSENT = 0b00001;

/**
 * The granted purposes as bits in the order of `PURPOSES`, so that a condition asks with one `&`.
 *
 * @param \stdClass|array<string, mixed> $consent Purpose to state; only `true` grants.
 */
function consent_bits( \stdClass|array $consent ): int {
	$states = (array) $consent;
	$bits   = NO_CONSENT;
	foreach ( PURPOSES as $bit => $purpose ) {
		if ( true === ( $states[ $purpose ] ?? null ) ) {
			$bits |= 1 << $bit;
		}
	}
	return $bits;
}

/**
 * The bits of some purposes; a name that is no purpose has none.
 *
 * @param iterable<string> $purposes Names.
 */
function purpose_bits( iterable $purposes ): int {
	$bits = 0;
	foreach ( $purposes as $purpose ) {
		$bit = \array_search( $purpose, PURPOSES, true );
		if ( false !== $bit ) {
			$bits |= 1 << $bit;
		}
	}
	return $bits;
}

/** Tells whether a purpose is among granted bits; `functional` always is. */
function is_granted( int $bits, string $purpose ): bool {
	$bit = \array_search( $purpose, PURPOSES, true );
	return 'functional' === $purpose || false !== $bit && 0 !== ( $bits & 1 << $bit );
}

/**
 * Reads `{ "preferences": true, … }`; an unknown purpose or a state that is not true or false is refused.
 *
 * @return Json_Result The object as it was given, or the problem.
 */
function parse_consent( mixed $value, string $path = '$.consent' ): Json_Result {
	if ( ! $value instanceof \stdClass ) {
		return failure( $path, 'consent', 'Consent is an object of purpose to true or false.' );
	}
	foreach ( (array) $value as $purpose => $state ) {
		$place = json_path( $path, (string) $purpose );
		if ( ! is_purpose( (string) $purpose ) ) {
			return failure( $place, 'unknown-purpose', 'Purposes are ' . \implode( ', ', PURPOSES ) . '.' );
		}
		if ( ! \is_bool( $state ) ) {
			return failure( $place, 'consent', 'A purpose is true or false.' );
		}
	}
	return success( $value );
}
