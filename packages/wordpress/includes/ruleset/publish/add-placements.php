<?php
/**
 * Block placements written into a published ruleset, so that a front elsewhere decides them as it decides its own.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The most combinations of variants that a route may have when the ruleset does not say. */
const DEFAULT_BUDGET = 64;
/** The most block placements that one ruleset takes on. */
const MAX_ADDED = 500;
/** What may be the path of a route. */
const ROUTE = '#^/(?:[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*)?$#D';

/**
 * Adds placements, an experience per variant, and routes.
 *
 * A placement that the ruleset has itself stays as it is. A route takes on placements as long as their combinations stay
 * within the budget; the others show their defaults there.
 *
 * @param \stdClass    $ruleset      As it was published and checked; is changed.
 * @param list<array{path: string, placements: list<array<string, mixed>>}> $pages As public_placements() gives them.
 * @param list<string> $confidential Segments whose variants are left out.
 */
function add_placements( \stdClass $ruleset, array $pages, array $confidential, int $budget = DEFAULT_BUDGET ): \stdClass {
	$added  = 0;
	$depths = node_depths( $ruleset->nodes );
	foreach ( $pages as $page ) {
		foreach ( $page['placements'] as $definition ) {
			if ( ! property_exists( $ruleset->placements, $definition['id'] ) ) {
				if ( $added >= MAX_ADDED ) {
					continue;
				}
				++$added;
				add_placement( $ruleset, $definition, $confidential, $depths );
			}
			add_to_route( $ruleset, $page['path'], $definition['id'], $budget );
		}
	}
	return $ruleset;
}

/**
 * Adds one placement and its experiences.
 *
 * @param array<string, mixed> $definition   As placement_definition() writes it.
 * @param list<string>         $confidential Segments.
 * @param array<int, int>      $depths       As node_depths() gives it.
 */
function add_placement( \stdClass $ruleset, array $definition, array $confidential, array $depths ): void {
	$id       = $definition['id'];
	$shown    = array_values( array_filter( $definition['variants'], static fn ( array $variant ): bool => array() === array_intersect( $variant['segments'], $confidential ) ) );
	$keys     = array_column( $shown, 'key' );
	$baseline = $definition['default'] ?? current( array_diff( array( 'default', 'nothing', 'no-variant' ), $keys ) );

	$ruleset->placements->{$id} = (object) array(
		'baseline' => $baseline,
		'variants' => in_array( $baseline, $keys, true ) ? $keys : array_merge( $keys, array( $baseline ) ),
	);
	$is_split = 'experiment' === $definition['strategy'];
	$start    = 0;
	foreach ( $definition['variants'] as $variant ) {
		$end = $is_split ? min( Core\BUCKETS, $start + Core\share_buckets( $variant['share'] ?? 0 ) ) : Core\BUCKETS;
		// What is left out keeps its share: the others' visitors stay theirs.
		if ( ! $variant['never'] && $variant['key'] !== $baseline && $end > $start && in_array( $variant['key'], $keys, true ) ) {
			array_push( $ruleset->experiences, ...experiences_of( $ruleset, $id, $variant, $is_split ? array( $start, $end ) : null, $depths ) );
		}
		$start = $is_split ? $end : 0;
	}
}

/**
 * The experiences that show one variant: one, or two where those of its segments that are nobody's own also hold for
 * visitors of whom nothing may be remembered.
 *
 * @param array<string, mixed>       $variant Of a placement definition.
 * @param array{0: int, 1: int}|null $share   The buckets `[from, to)` of the placement's axis; null: everybody.
 * @param array<int, int>            $depths  As node_depths() gives it.
 * @return list<\stdClass>
 */
function experiences_of( \stdClass $ruleset, string $placement, array $variant, ?array $share, array $depths ): array {
	$places = array();
	foreach ( $variant['segments'] as $segment ) {
		// Of a segment that is gone nobody knows who is in it.
		if ( ! property_exists( $ruleset->segments, $segment ) ) {
			return array();
		}
		$places[] = $ruleset->segments->{$segment};
	}
	$base   = array(
		'key'       => experience_key( $placement, $variant['key'] ),
		'placement' => $placement,
		'start'     => $share[0] ?? 0,
		'cuts'      => array( array( $variant['key'], $share[1] ?? 10000 ) ),
	) + array_filter(
		array(
			'from'  => $variant['from'],
			'until' => $variant['until'],
			'axis'  => null === $share ? null : $placement,
		),
		static fn ( mixed $value ): bool => null !== $value
	);
	$free   = array_values( array_filter( $places, static fn ( int $place ): bool => $depths[ $place ] < 2 ) );
	$tested = array();
	$all    = count( $free ) === count( $places );
	if ( null === $share && ( $all || array() !== $free && 'any' === $variant['match'] ) ) {
		$tested[] = array( 'functional' => true ) + $base + audience_of( $ruleset, $variant['match'], $free );
	}
	if ( null !== $share || ! $all ) {
		$tested[] = $base + audience_of( $ruleset, $variant['match'], $places );
	}
	return array_map( static fn ( array $experience ): \stdClass => (object) $experience, $tested );
}

/**
 * The audience of some segments, as a member of an experience; adds the nodes that it takes.
 *
 * @param list<int> $places Of the segments among the nodes.
 * @return array{audience?: int}
 */
function audience_of( \stdClass $ruleset, string $match, array $places ): array {
	$places = array_values( array_unique( $places ) );
	if ( array() === $places ) {
		return array();
	}
	foreach ( $places as $place ) {
		$ruleset->nodes[ $place ]->shared = true;
	}
	$root = $places[0];
	if ( count( $places ) > 1 ) {
		$root = add_node( $ruleset, array( 'op' => 'all' === $match ? 'all' : 'any', 'of' => $places ) );
	}
	return array( 'audience' => 'none' === $match ? add_node( $ruleset, array( 'op' => 'not', 'of' => array( $root ) ) ) : $root );
}

/**
 * Adds a node after its children.
 *
 * @param array<string, mixed> $node As published nodes are.
 */
function add_node( \stdClass $ruleset, array $node ): int {
	$ruleset->nodes[] = (object) $node;
	return count( $ruleset->nodes ) - 1;
}

/** A key of at most 64 characters, the same for the same variant. */
function experience_key( string $placement, string $variant ): string {
	$key = "block:$placement:$variant";
	return strlen( $key ) <= 64 ? $key : 'block:' . substr( hash( 'sha256', $key ), 0, 40 );
}

/** Adds a placement to the route of a page, if its combinations stay within the budget. */
function add_to_route( \stdClass $ruleset, string $path, string $placement, int $budget ): void {
	$route = property_exists( $ruleset->routes, $path ) ? $ruleset->routes->{$path} : array();
	if ( in_array( $placement, $route, true ) || 1 !== preg_match( ROUTE, $path ) ) {
		return;
	}
	$route[] = $placement;
	$all     = array_product( array_map( static fn ( string $key ): int => count( $ruleset->placements->{$key}->variants ), $route ) );
	if ( $all <= $budget ) {
		$ruleset->routes->{$path} = $route;
	}
}
