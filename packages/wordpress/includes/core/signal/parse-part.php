<?php
/**
 * Reads the parts of a profile that came from elsewhere. Throws \InvalidArgumentException naming the place.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The last second a date can be, and the first when negative. */
const MAX_SECONDS = 8_640_000_000_000;

/**
 * A whole number from `least` to `most`; one written `1.0` is one.
 */
function parse_whole( mixed $json, string $path, int $least, int $most ): int {
	if ( is_float( $json ) && abs( $json ) <= MAX_SAFE && floor( $json ) === $json ) {
		$json = (int) $json;
	}
	if ( ! is_int( $json ) || $json < $least || $json > $most ) {
		refuse_profile( $path, "is no whole number from $least to $most; take the profile as its store gave it" );
	}
	return $json;
}

/**
 * Whole seconds since 1970, within the dates there are.
 */
function parse_seconds( mixed $json, string $path ): int {
	return parse_whole( $json, $path, -MAX_SECONDS, MAX_SECONDS );
}

function parse_text( mixed $json, string $path ): string {
	if ( ! is_string( $json ) ) {
		refuse_profile( $path, 'is no text; take the profile as its store gave it' );
	}
	return $json;
}

/**
 * Text, a boolean, or a number within ±(2^53 − 1); a whole one becomes an int.
 */
function parse_scalar( mixed $json, string $path ): string|int|float|bool {
	if ( ! is_string( $json ) && ! is_bool( $json ) && ! is_number( $json ) ) {
		refuse_profile( $path, 'is no text, boolean or number within ±(2^53 − 1); take the profile as its store gave it' );
	}
	return is_float( $json ) && floor( $json ) === $json ? (int) $json : $json;
}

function parse_member_object( mixed $json, string $path ): \stdClass {
	if ( ! $json instanceof \stdClass ) {
		refuse_profile( $path, 'is no object; take the profile as its store gave it' );
	}
	return $json;
}

/**
 * @return list<mixed>
 */
function parse_list( mixed $json, string $path, int $most ): array {
	if ( ! is_array( $json ) || ! array_is_list( $json ) || count( $json ) > $most ) {
		refuse_profile( $path, "is no list of at most $most; take the profile as its store gave it" );
	}
	return $json;
}

/**
 * @return array{mixed, mixed}
 */
function parse_pair( mixed $json, string $path ): array {
	if ( ! is_array( $json ) || ! array_is_list( $json ) || 2 !== count( $json ) ) {
		refuse_profile( $path, 'is no list of two; take the profile as its store gave it' );
	}
	return $json;
}

/**
 * @throws \InvalidArgumentException Always.
 */
function refuse_profile( string $path, string $why ): never {
	throw new \InvalidArgumentException( "[core] parse_profile: $path $why." );
}
