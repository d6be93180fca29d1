<?php
/**
 * Reading an Adaptive Content block.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** A length that may stand in a style attribute. */
const LENGTH_PATTERN = '/\A[0-9]{1,5}(?:\.[0-9]{1,3})?(?:px|rem|em|vh|svh|lvh|dvh|vw|ch|lh)\z/';
/** The most variants that are looked at; further ones are never shown. */
const MAX_VARIANTS = 24;

/**
 * Reads an Adaptive Content block. Never throws: bad parts are never shown, and the default is always there.
 *
 * @param array<string, mixed> $block As parse_blocks() gives it.
 */
function parse_placement( array $block ): Placement {
	$given = is_array( $block['attrs'] ?? null ) ? $block['attrs'] : array();
	$inner = array();
	foreach ( $block['innerBlocks'] ?? array() as $variant ) {
		$is_variant = 'attune/variant' === ( $variant['blockName'] ?? null );
		$inner[]    = $is_variant && is_array( $variant['attrs'] ?? null ) ? $variant['attrs'] : array( 'match' => '' );
	}
	return create_placement( $given, $inner );
}

/**
 * Makes a placement from attributes, wherever they stood.
 *
 * @param array<mixed>       $given    placementId, label, delivery, reserve, strategy.
 * @param list<array<mixed>> $variants key, segments, match, isDefault, share, from, until of each.
 */
function create_placement( array $given, array $variants ): Placement {
	$id       = $given['placementId'] ?? null;
	$label    = $given['label'] ?? null;
	$delivery = $given['delivery'] ?? null;
	$reserve  = $given['reserve'] ?? null;
	$strategy = 'experiment' === ( $given['strategy'] ?? null ) ? 'experiment' : 'first-match';
	$parsed   = array();
	foreach ( array_values( $variants ) as $place => $variant ) {
		$parsed[] = parse_variant( $place < MAX_VARIANTS || true === ( $variant['isDefault'] ?? false ) ? $variant : array( 'match' => '' ), $place, $strategy );
	}
	return new Placement(
		is_key( $id ) ? $id : '',
		is_string( $label ) ? $label : '',
		in_array( $delivery, DELIVERIES, true ) ? $delivery : 'auto',
		is_string( $reserve ) && 1 === preg_match( LENGTH_PATTERN, $reserve ) ? $reserve : '',
		$strategy,
		with_own_keys( $parsed ),
		default_among( $parsed )
	);
}

/**
 * The place of the default: the first that says so, else the last that asks for nobody; -1 when there is neither.
 *
 * @param list<Variant> $variants In order.
 */
function default_among( array $variants ): int {
	$last = -1;
	foreach ( $variants as $place => $variant ) {
		if ( $variant->is_default ) {
			return $place;
		}
		$is_plain = array() === $variant->segments && null === $variant->from && null === $variant->until && null === $variant->share;
		$last     = $is_plain && in_array( $variant->match, MATCHES, true ) ? $place : $last;
	}
	return $last;
}

/**
 * The same variants, each with a key of its own: of two with one key nobody could tell which was meant.
 *
 * @param list<Variant> $variants In order.
 * @return list<Variant>
 */
function with_own_keys( array $variants ): array {
	$taken = array();
	foreach ( $variants as $place => $variant ) {
		$key = $variant->key;
		for ( $again = $place + 1; isset( $taken[ $key ] ); $again++ ) {
			$key = 'variant-' . $again;
		}
		$taken[ $key ] = true;
		if ( $key !== $variant->key ) {
			$variants[ $place ] = new Variant( $key, $variant->segments, $variant->match, $variant->is_default, $variant->share, $variant->from, $variant->until, $variant->never );
		}
	}
	return $variants;
}
