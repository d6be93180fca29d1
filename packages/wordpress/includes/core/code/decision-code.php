<?php
/**
 * Decision codes: what the placements of a route show, as a short signed text for its path.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

// The 32-bit shape tag in base 36, then two base-36 digits a placement.
const CODE_TAG_LENGTH = 7;
const CODE_DIGITS     = 2;

/**
 * Encodes what the placements of a route show. It is a function of the variants only, never of the visitor, so all
 * visitors with the same decisions share one cached page.
 *
 * @param array                $compiled A compiled ruleset.
 * @param array<string,string> $variants Placement → variant; one that is unnamed or unknown shows its baseline.
 */
function encode_code(
	#[\SensitiveParameter] array $keys,
	string $site,
	array $compiled,
	string $route,
	array $variants
): string {
	$shape  = code_shape( $compiled, $route ) ?? array();
	$digits = '';
	foreach ( $shape as list( $placement, $list ) ) {
		$place   = variant_place( $list, $variants[ $placement ] ?? '' )
			?? variant_place( $list, $compiled['placements'][ $placement ]['baseline'] ?? '' )
			?? 0;
		$digits .= base36( $place, CODE_DIGITS );
	}
	return seal( $keys, 'code', json_text( array( $site, $route ) ), shape_tag( $shape ) . $digits );
}

/**
 * Decodes a code for a route; null for one that is not ours, of another route, or of other variants.
 *
 * @param array $compiled A compiled ruleset.
 * @return ?array<string,string> Placement → variant, in the route's order.
 */
function decode_code(
	#[\SensitiveParameter] array $keys,
	string $site,
	array $compiled,
	string $route,
	string $code
): ?array {
	$shape   = code_shape( $compiled, $route );
	$payload = unseal( $keys, 'code', json_text( array( $site, $route ) ), $code );
	if ( null === $shape || null === $payload || strlen( $payload ) !== CODE_TAG_LENGTH + CODE_DIGITS * count( $shape ) ) {
		return null;
	}
	// A code made for other lists of variants would be misread.
	if ( substr( $payload, 0, CODE_TAG_LENGTH ) !== shape_tag( $shape ) ) {
		return null;
	}
	$digits   = str_split( substr( $payload, CODE_TAG_LENGTH ), CODE_DIGITS );
	$variants = array();
	foreach ( $shape as $at => list( $placement, $list ) ) {
		$variant = 1 === preg_match( '/^[0-9A-Za-z]+$/D', $digits[ $at ] ) ? $list[ intval( $digits[ $at ], 36 ) ] ?? null : null;
		if ( null === $variant ) {
			return null;
		}
		$variants[ $placement ] = $variant;
	}
	return $variants;
}

/**
 * What decisions show.
 *
 * @param Decision[] $decisions
 * @return array<string,string> Placement → variant.
 */
function variants_of( array $decisions ): array {
	return array_column( $decisions, 'variant', 'placement' );
}

/**
 * What a route shows to a visitor of whom nothing is known.
 *
 * @param array $compiled A compiled ruleset.
 * @return array<string,string> Placement → variant.
 */
function baseline_variants( array $compiled, string $route ): array {
	$baselines = array();
	foreach ( $compiled['routes'][ $route ] ?? array() as $placement ) {
		$baselines[ $placement ] = $compiled['placements'][ $placement ]['baseline'] ?? '';
	}
	return $baselines;
}

// The placements of a route with their variants, in the ruleset's order; null for an unknown route.
function code_shape( array $compiled, string $route ): ?array {
	if ( ! isset( $compiled['routes'][ $route ] ) ) {
		return null;
	}
	$shape = array();
	foreach ( $compiled['routes'][ $route ] as $placement ) {
		$shape[] = array( $placement, $compiled['placements'][ $placement ]['variants'] ?? array() );
	}
	return $shape;
}

function variant_place( array $variants, string $variant ): ?int {
	$place = array_search( $variant, $variants, true );
	return false === $place ? null : $place;
}

function shape_tag( array $shape ): string {
	return base36( murmur3( canonical_json( $shape ) ), CODE_TAG_LENGTH );
}

function base36( int $number, int $length ): string {
	return str_pad( base_convert( (string) $number, 10, 36 ), $length, '0', STR_PAD_LEFT );
}
