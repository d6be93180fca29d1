<?php
/**
 * Compiles the sweep of a ruleset.
 *
 * A plane has the terms that make formulas true, or those that make them false. Its rows have a bit for each term; the
 * first terms of all formulas stand in the first layer, the second ones in the second. Six formulas share a byte, whose
 * seventh bit makes it a printable character: what is compiled stays text, whoever keeps it.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** A byte of which nothing stands, and one of which all does. */
const NONE_STANDING = 0b01000000;
const ALL_STANDING  = 0b01111111;

/** So many formulas share a byte. */
const FORMULAS_IN_BYTE = 6;

/** The most bytes of a row. */
const MAX_ROW = 256;

/**
 * Compiles a sweep: formulas get the operation `swept` with their number, what they were behind it.
 *
 * @param list<array<int, mixed>>                      $nodes  Compiled.
 * @param list<array{int, string, string, string}>     $fields By number, where values are read.
 * @return array{list<array<int, mixed>>, array<string, mixed>|null} The nodes, and `true` and `false` planes and `digits`.
 */
function compile_sweep( array $nodes, array $fields ): array {
	$formulas = choose_formulas( find_formulas( $nodes ) );
	if ( \count( $formulas ) < FEW_FORMULAS ) {
		return array( $nodes, null );
	}
	$terms = \array_values( $formulas );
	$sweep = array(
		'true'   => compile_plane( $nodes, $fields, \array_column( $terms, 0 ) ),
		'false'  => compile_plane( $nodes, $fields, \array_column( $terms, 1 ) ),
		'digits' => sweep_digits(),
	);
	return array( mark_swept( $nodes, \array_keys( $formulas ) ), $sweep );
}

/**
 * The formulas of a sweep: as many as have room, those of most terms first.
 *
 * @param array<int, array{list<array<int, int>>, list<array<int, int>>}> $formulas By place.
 * @return array<int, array{list<array<int, int>>, list<array<int, int>>}>
 */
function choose_formulas( array $formulas ): array {
	$height = static fn( array $terms ): int => \max( \count( $terms[0] ), \count( $terms[1] ) );
	$room   = FORMULAS_IN_BYTE * ( MAX_ROW - MAX_TERMS );
	$chosen = array();
	foreach ( $formulas as $place => $terms ) {
		$room -= $height( $terms );
		if ( $room < 0 ) {
			break;
		}
		$chosen[ $place ] = $terms;
	}
	\uasort( $chosen, static fn( array $a, array $b ): int => $height( $b ) <=> $height( $a ) );
	return $chosen;
}

/**
 * Compiles a plane.
 *
 * @param list<array<int, mixed>>                  $nodes    Compiled.
 * @param list<array{int, string, string, string}> $fields   By number, where values are read.
 * @param list<list<array<int, int>>>              $formulas Terms of each.
 * @return array<string, mixed>
 */
function compile_plane( array $nodes, array $fields, array $formulas ): array {
	$layers = sweep_layers( \array_map( \count( ... ), $formulas ) );
	$width  = \array_sum( \array_column( $layers, 1 ) );
	$base   = \str_repeat( \chr( NONE_STANDING ), $width );
	$needed = array();
	foreach ( $formulas as $number => $terms ) {
		$bit = 1 << FORMULAS_IN_BYTE - 1 - $number % FORMULAS_IN_BYTE;
		foreach ( $terms as $layer => $term ) {
			$byte          = $layers[ $layer ][0] + \intdiv( $number, FORMULAS_IN_BYTE );
			$base[ $byte ] = \chr( \ord( $base[ $byte ] ) | $bit );
			foreach ( $term as $test => $wanted ) {
				$needed[ $test ][] = array( $byte, $bit, $wanted );
			}
		}
	}
	return array(
		'base'   => $base,
		'layers' => $layers,
		'groups' => sweep_groups( $nodes, $fields, $needed, $width ),
	);
}

/**
 * Where each layer begins, and its length, in bytes: up to the last formula that has a term in it.
 *
 * @param list<int> $heights How many terms each formula has.
 * @return list<array{int, int}>
 */
function sweep_layers( array $heights ): array {
	// The first is as long as all, so that every formula has a digit.
	$layers = array( array( 0, \intdiv( \count( $heights ) - 1, FORMULAS_IN_BYTE ) + 1 ) );
	$from   = $layers[0][1];
	for ( $layer = 1; $layer < \max( $heights ); ++$layer ) {
		$last     = \max( \array_keys( \array_filter( $heights, static fn( int $height ): bool => $height > $layer ) ) );
		$length   = \intdiv( $last, FORMULAS_IN_BYTE ) + 1;
		$layers[] = array( $from, $length );
		$from    += $length;
	}
	return $layers;
}

/**
 * The digits of the formulas of a byte.
 *
 * @return array<string, string>
 */
function sweep_digits(): array {
	$digits = array();
	for ( $byte = NONE_STANDING; $byte <= ALL_STANDING; ++$byte ) {
		$digits[ \chr( $byte ) ] = \sprintf( '%06b', $byte & ~NONE_STANDING );
	}
	return $digits;
}

/**
 * The number of a node in the sweep; null when it has none.
 *
 * @param array<int, mixed> $node Compiled.
 */
function formula_of( array $node ): ?int {
	$asked = 'remembered' === $node[0] ? $node[3] : $node;
	return 'swept' === $asked[0] ? $asked[2] : null;
}

/**
 * Numbers the formulas among the nodes.
 *
 * @param list<array<int, mixed>> $nodes  Compiled.
 * @param list<int>               $places Of the formulas.
 * @return list<array<int, mixed>>
 */
function mark_swept( array $nodes, array $places ): array {
	foreach ( $places as $number => $place ) {
		if ( 'remembered' === $nodes[ $place ][0] ) {
			$nodes[ $place ][3] = array( 'swept', 0, $number, $nodes[ $place ][3] );
		} else {
			$nodes[ $place ] = array( 'swept', 0, $number, $nodes[ $place ] );
		}
	}
	return $nodes;
}
