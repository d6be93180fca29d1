<?php
/**
 * Reading what an editor wrote about a variant. Anybody who may write a post may write anything here.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Ids of placements and keys of variants. */
const KEY_PATTERN = '/\A[a-z0-9][a-z0-9-]{0,63}\z/';
/** How the segments of a variant count. */
const MATCHES = array( 'any', 'all', 'none' );
/** The most segments that one variant may name. */
const MAX_SEGMENTS = 64;

/**
 * Reads a variant. What is malformed makes one that is never shown.
 *
 * @param array<mixed> $given  Attributes of a block or shortcode.
 * @param int          $place  Among the placement's variants, from 0: names a variant that has no sound key.
 * @param string       $strategy The placement's.
 */
function parse_variant( array $given, int $place, string $strategy ): Variant {
	$segments   = isset( $given['segments'] ) ? parse_segments( $given['segments'] ) : array();
	$match      = $given['match'] ?? 'any';
	$share      = isset( $given['share'] ) ? parse_share( $given['share'] ) : null;
	$from       = isset( $given['from'] ) ? parse_moment( $given['from'] ) : null;
	$until      = isset( $given['until'] ) ? parse_moment( $given['until'] ) : null;
	$is_sound   = null !== $segments && in_array( $match, MATCHES, true ) && false !== $share && false !== $from && false !== $until;
	$is_default = true === ( $given['isDefault'] ?? false );
	if ( ! $is_sound ) {
		return new Variant( parse_key( $given['key'] ?? null, $place ), match: '', is_default: $is_default, never: true );
	}
	// An editor who has chosen nobody yet does not mean everybody.
	$is_for_nobody = array() === $segments && null === $from && null === $until && ( 'experiment' !== $strategy || null === $share );
	return new Variant(
		parse_key( $given['key'] ?? null, $place ),
		$segments,
		$match,
		$is_default,
		$share,
		$from,
		$until,
		$is_default || $is_for_nobody
	);
}

/** A sound key, or one made from the place. */
function parse_key( mixed $key, int $place ): string {
	return is_key( $key ) ? $key : 'variant-' . ( $place + 1 );
}

/** Whether a value fits KEY_PATTERN: a page asks for each of its variants, and this is faster. */
function is_key( mixed $key ): bool {
	if ( ! is_string( $key ) || '' === $key || '-' === $key[0] ) {
		return false;
	}
	$length = strlen( $key );
	return $length <= 64 && strspn( $key, 'abcdefghijklmnopqrstuvwxyz0123456789-' ) === $length;
}

/**
 * Segment keys, each once; null when it is no list of them.
 *
 * @return ?list<string>
 */
function parse_segments( mixed $segments ): ?array {
	if ( ! is_array( $segments ) || count( $segments ) > MAX_SEGMENTS ) {
		return null;
	}
	foreach ( $segments as $segment ) {
		if ( ! is_string( $segment ) || '' === $segment || strlen( $segment ) > 256 ) {
			return null;
		}
	}
	return array_values( array_unique( $segments ) );
}

/** A share; null when none is given, false when it is none. */
function parse_share( mixed $share ): float|false|null {
	if ( null === $share ) {
		return null;
	}
	return ( is_int( $share ) || is_float( $share ) ) && $share >= 0 && $share <= 1 ? (float) $share : false;
}

/** Whole seconds of an RFC 3339 instant; null when none is given, false when it is none. */
function parse_moment( mixed $moment ): int|false|null {
	if ( null === $moment || '' === $moment ) {
		return null;
	}
	return Core\parse_instant( $moment ) ?? false;
}
