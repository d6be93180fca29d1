<?php
/**
 * Turns published conditions into those that `match_node` decides, each at its place.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** Operations on other conditions. */
const BRANCHES = array( 'all', 'any', 'not', 'atLeast', 'segment' );

/**
 * Compiles published nodes.
 *
 * @param list<mixed>          $published Children before their parents.
 * @param array<string, mixed> $plan      Compiled.
 * @return array{nodes: list<array<int, mixed>>, fields: list<array{int, string, string, string}>, sweep: array<string, mixed>|null}
 * @throws \InvalidArgumentException When one is damaged.
 */
function compile_nodes( array $published, array $plan ): array {
	$nodes   = array();
	$fields  = array();
	$left    = array();
	foreach ( $published as $place => $node ) {
		$path = "\$.nodes[{$place}]";
		if ( ! $node instanceof \stdClass ) {
			throw damaged( $path, 'an object' );
		}
		$op       = text_member( $node, 'op', $path );
		$needs    = \property_exists( $node, 'needs' ) ? whole_member( $node, 'needs', $path, 0, ALL_PURPOSES ) : 0;
		$compiled = \in_array( $op, BRANCHES, true )
			? array( $op, 0, ...compile_branch( $node, $path, $nodes, $left ) )
			: array( $op, $needs, ...compile_leaf( $node, $path, $plan, $fields ) );
		// What a segment has to itself stands in its place.
		if ( 'segment' === $op && 0 === $left[ $compiled[2] ] ) {
			$child           = $compiled[2];
			$compiled        = $nodes[ $child ];
			$nodes[ $child ] = array( 'moved', 0 );
		}
		// A segment is remembered so that it can be assumed, the others because several conditions share them. Tests of
		// values always are.
		$is_shared = 'segment' === $op || true === ( $node->shared ?? null );
		$nodes[]   = $is_shared && 'attr' !== $op ? array( 'remembered', 0, $place, $compiled ) : $compiled;
		$left[]    = $is_shared ? PHP_INT_MAX : 1;
	}
	$fields                = \array_values( $fields );
	list( $nodes, $sweep ) = compile_sweep( $nodes, $fields );
	return array(
		'nodes'  => $nodes,
		'fields' => $fields,
		'sweep'  => $sweep,
	);
}

/**
 * Compiles a condition on others.
 *
 * @param list<array<int, mixed>> $nodes Those before it.
 * @param list<int>               $left  How many parents each may still have; shrinks.
 * @return list<mixed>
 */
function compile_branch( \stdClass $node, string $path, array $nodes, array &$left ): array {
	$places = list_member( $node, 'of', $path );
	foreach ( $places as $place ) {
		// Without these two a damaged ruleset would ask in a circle, or ask what is shared twice at every level.
		if ( ! \is_int( $place ) || ( $left[ $place ] ?? 0 ) < 1 ) {
			throw damaged( "{$path}.of", 'a list of conditions before it, each with one parent or shared' );
		}
		--$left[ $place ];
	}
	if ( array() === $places || ( 1 < \count( $places ) && \in_array( $node->op, array( 'not', 'segment' ), true ) ) ) {
		throw damaged( "{$path}.of", 'of the right length' );
	}
	switch ( $node->op ) {
		case 'all':
		case 'any':
			return split_tests( $places, $nodes );
		case 'atLeast':
			return array( whole_member( $node, 'least', $path, 1, \count( $places ) ), $places );
		default:
			return array( $places[0] );
	}
}

/**
 * Splits children into the tests of values with which they begin, and the rest.
 *
 * @param list<int>               $places Of the children.
 * @param list<array<int, mixed>> $nodes  Compiled.
 * @return array{list<int>, list<int>}
 */
function split_tests( array $places, array $nodes ): array {
	$length = 0;
	while ( isset( $places[ $length ] ) && 'attr' === $nodes[ $places[ $length ] ][0] ) {
		++$length;
	}
	return array( \array_slice( $places, 0, $length ), \array_slice( $places, $length ) );
}

/**
 * Compiles a condition without children.
 *
 * @param array<string, mixed>                              $plan   Compiled.
 * @param array<string, array{int, string, string, string}> $fields By path, its number and where it is read; grows.
 * @return list<mixed>
 */
function compile_leaf( \stdClass $node, string $path, array $plan, array &$fields ): array {
	switch ( $node->op ) {
		case 'attr':
			return compile_attr( $node, $path, $fields );
		case 'touch':
			return compile_touch( $node, $path, $plan );
		case 'count':
		case 'distinct':
			return compile_count( $node, $path, $plan );
		case 'total':
			return compile_total( $node, $path, $plan );
		case 'ring':
			return compile_ring( $node, $path, $plan );
		case 'average':
			return compile_average( $node, $path, $plan );
		case 'absent':
			return compile_absent( $node, $path, $plan );
		case 'since':
			return compile_since( $node, $path, $plan );
		case 'unfinished':
			return compile_unfinished( $node, $path, $plan );
		case 'chain':
			return compile_chain( $node, $path, $plan );
		case 'periods':
			return compile_periods( $node, $path, $plan );
		case 'score':
			return compile_score( $node, $path, $plan );
		case 'strength':
			return compile_strength( $node, $path, $plan );
		case 'top':
			return compile_top( $node, $path, $plan );
		case 'rfm':
			return compile_rfm( $node, $path, $plan );
		case 'when':
			return compile_when( $node, $path );
		case 'consent':
			return compile_consent( $node, $path );
		default:
			throw damaged( "{$path}.op", 'an operation that this version knows' );
	}
}
