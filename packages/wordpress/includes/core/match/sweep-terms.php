<?php
/**
 * Conditions on values alone, as terms: lists of answers of tests, any of which decides.
 *
 * A formula has two lists of terms, those that make it true and those that make it false; when no term of either holds it
 * is unknown. A term is array( place of a test => the answer that it needs ); it holds when all of them are given.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The most terms of a list; what has more is asked one test after another. */
const MAX_TERMS = 16;

/**
 * The formulas among compiled nodes: trees of nothing but tests of values, as large as they can be.
 *
 * @param list<array<int, mixed>> $nodes Compiled, children before their parents.
 * @return array<int, array{list<array<int, int>>, list<array<int, int>>}> By place.
 */
function find_formulas( array $nodes ): array {
	$formulas = array();
	$known    = array();
	$children = array();
	foreach ( $nodes as $place => $node ) {
		$is_remembered = 'remembered' === $node[0];
		$asked         = $is_remembered ? $node[3] : $node;
		$terms         = terms_of( $asked, $place, $known );
		foreach ( children_of( $asked ) as $child ) {
			$children[ $child ] = true;
			// The tree ends below a node that is no formula.
			if ( null === $terms && isset( $known[ $child ] ) && 'attr' !== $nodes[ $child ][0] ) {
				$formulas[ $child ] = $known[ $child ];
			}
		}
		if ( null !== $terms && $is_remembered && 'attr' !== $asked[0] ) {
			$formulas[ $place ] = $terms;
		} elseif ( null !== $terms && ! $is_remembered ) {
			$known[ $place ] = $terms;
		}
	}
	foreach ( \array_diff_key( $known, $children ) as $place => $terms ) {
		if ( 'attr' !== $nodes[ $place ][0] ) {
			$formulas[ $place ] = $terms;
		}
	}
	return $formulas;
}

/**
 * The places of a node's children.
 *
 * @param array<int, mixed> $node Compiled.
 * @return list<int>
 */
function children_of( array $node ): array {
	switch ( $node[0] ) {
		case 'all':
		case 'any':
			return array( ...$node[2], ...$node[3] );
		case 'not':
		case 'segment':
			return array( $node[2] );
		case 'atLeast':
			return $node[3];
		default:
			return array();
	}
}

/**
 * The terms of a node, true ones first; null when it is no formula, or one of too many terms.
 *
 * @param array<int, mixed>                                               $node  Compiled.
 * @param array<int, array{list<array<int, int>>, list<array<int, int>>}> $known Terms of the nodes before it, by place.
 * @return array{list<array<int, int>>, list<array<int, int>>}|null
 */
function terms_of( array $node, int $place, array $known ): ?array {
	$parts = array();
	foreach ( children_of( $node ) as $child ) {
		if ( ! isset( $known[ $child ] ) ) {
			return null;
		}
		$parts[] = $known[ $child ];
	}
	switch ( $node[0] ) {
		case 'attr':
			return array( array( array( $place => IS_TRUE ) ), array( array( $place => IS_FALSE ) ) );
		case 'all':
			return few_terms( join_terms( \array_column( $parts, 0 ) ), \array_merge( ...\array_column( $parts, 1 ) ) );
		case 'any':
			return few_terms( \array_merge( ...\array_column( $parts, 0 ) ), join_terms( \array_column( $parts, 1 ) ) );
		case 'not':
			return \array_reverse( $parts[0] );
		default:
			return null;
	}
}

/**
 * Terms that are not too many.
 *
 * @param list<array<int, int>>|null $true  Terms.
 * @param list<array<int, int>>|null $false Terms.
 * @return array{list<array<int, int>>, list<array<int, int>>}|null
 */
function few_terms( ?array $true, ?array $false ): ?array {
	return null === $true || null === $false || \count( $true ) > MAX_TERMS || \count( $false ) > MAX_TERMS ? null : array( $true, $false );
}

/**
 * The terms that hold when one of each list does; null when they are too many, or one never holds.
 *
 * @param list<list<array<int, int>>> $lists Of terms.
 * @return list<array<int, int>>|null
 */
function join_terms( array $lists ): ?array {
	$joined = array( array() );
	foreach ( $lists as $list ) {
		$longer = array();
		foreach ( $joined as $term ) {
			foreach ( $list as $other ) {
				$both = $term + $other;
				// Who asks a test for two answers is asked one test after another: nothing may be left out of the terms.
				if ( array() !== \array_diff_assoc( $other, $both ) ) {
					return null;
				}
				$longer[] = $both;
			}
		}
		if ( \count( $longer ) > MAX_TERMS ) {
			return null;
		}
		$joined = $longer;
	}
	return $joined;
}
