<?php
/**
 * A published ruleset without some of its segments, for those who must not read their conditions.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Takes segments out, and the nodes that nothing else needs. What an experience asks stays: it must be decided.
 *
 * @param \stdClass    $ruleset As it was published and checked; is changed.
 * @param list<string> $keys    Segments to take out.
 */
function without_segments( \stdClass $ruleset, array $keys ): \stdClass {
	$removed = false;
	foreach ( $keys as $key ) {
		$removed = $removed || property_exists( $ruleset->segments, $key );
		unset( $ruleset->segments->{$key} );
	}
	if ( ! $removed ) {
		return $ruleset;
	}
	$roots = array_values( (array) $ruleset->segments );
	foreach ( $ruleset->experiences as $experience ) {
		array_push( $roots, ...array_values( array_filter( array( $experience->audience ?? null, $experience->cap ?? null ), 'is_int' ) ) );
	}
	return keep_nodes( $ruleset, needed_nodes( $ruleset->nodes, $roots ) );
}

/**
 * What somebody may read who has no secret of ours: nothing is left that tells of confidential segments, be it a condition, an
 * experience or a signal.
 *
 * @param \stdClass    $ruleset As it was published and checked; is changed.
 * @param list<string> $keys    Confidential segments, those built on them included.
 */
function without_confidential( \stdClass $ruleset, array $keys ): \stdClass {
	if ( array() === $keys ) {
		return $ruleset;
	}
	$hidden               = nodes_built_on( $ruleset->nodes, $keys );
	$ruleset->experiences = array_values(
		array_filter( $ruleset->experiences, static fn ( \stdClass $one ): bool => ! isset( $hidden[ $one->audience ?? -1 ] ) && ! isset( $hidden[ $one->cap ?? -1 ] ) )
	);
	return without_signals( without_segments( $ruleset, $keys ) );
}

/**
 * The segments of some keys, and those whose conditions refer to one of them, at any depth.
 *
 * @param \stdClass    $ruleset Published.
 * @param list<string> $keys    Segments; those that are gone stay in the list.
 * @return list<string>
 */
function segments_built_on( \stdClass $ruleset, array $keys ): array {
	$nodes = array() === $keys ? array() : nodes_built_on( $ruleset->nodes, $keys );
	$built = array_keys( array_filter( (array) $ruleset->segments, static fn ( int $root ): bool => isset( $nodes[ $root ] ) ) );
	return array_values( array_unique( array( ...$keys, ...array_map( 'strval', $built ) ) ) );
}

/**
 * The places of the nodes that stand for one of some segments, and of all above them.
 *
 * @param list<\stdClass> $nodes Published nodes.
 * @param list<string>    $keys  Segments.
 * @return array<int, true>
 */
function nodes_built_on( array $nodes, array $keys ): array {
	$built = array();
	foreach ( $nodes as $place => $node ) {
		$is_one = 'segment' === $node->op && in_array( $node->key, $keys, true );
		if ( $is_one || array() !== array_intersect_key( array_flip( children_of( $node ) ), $built ) ) {
			$built[ $place ] = true;
		}
	}
	return $built;
}

/**
 * The places of the roots and of all below them.
 *
 * @param list<\stdClass> $nodes Published nodes.
 * @param list<int>       $roots Places.
 * @return array<int, true>
 */
function needed_nodes( array $nodes, array $roots ): array {
	$needed = array_fill_keys( $roots, true );
	// Children stand before their parents, so from the end every parent is met first.
	for ( $place = count( $nodes ) - 1; $place >= 0; $place-- ) {
		if ( isset( $needed[ $place ] ) ) {
			foreach ( children_of( $nodes[ $place ] ) as $child ) {
				$needed[ $child ] = true;
			}
		}
	}
	return $needed;
}

/**
 * Keeps some of the nodes and renumbers whatever names one by its place.
 *
 * @param array<int, true> $needed Places.
 */
function keep_nodes( \stdClass $ruleset, array $needed ): \stdClass {
	$moved = array();
	$kept  = array();
	foreach ( $ruleset->nodes as $place => $node ) {
		if ( ! isset( $needed[ $place ] ) ) {
			continue;
		}
		$moved[ $place ] = count( $kept );
		if ( array() !== children_of( $node ) ) {
			$node->of = array_map( static fn ( int $child ): int => $moved[ $child ], $node->of );
		}
		$kept[] = $node;
	}
	$ruleset->nodes = $kept;
	foreach ( $ruleset->segments as $key => $place ) {
		$ruleset->segments->{$key} = $moved[ $place ];
	}
	foreach ( $ruleset->experiences as $experience ) {
		foreach ( array( 'audience', 'cap' ) as $root ) {
			if ( isset( $experience->{$root} ) ) {
				$experience->{$root} = $moved[ $experience->{$root} ];
			}
		}
	}
	return $ruleset;
}

/**
 * The places of a node's children; a `periods` leaf has a number under the same name.
 *
 * @return list<int>
 */
function children_of( \stdClass $node ): array {
	return is_array( $node->of ?? null ) ? $node->of : array();
}
