<?php
/**
 * What a segment depends on, and so who may be answered by one cached page.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The scopes, from what everybody shares to what is one visitor's alone. */
const SCOPES = array( 'static', 'coarse', 'private' );

/**
 * Segment → 'static' (time in a fixed zone and the page's own address), 'coarse' (what many visitors share: place, device,
 * language, campaign, consent) or 'private' (everything else).
 *
 * @param array<string, mixed> $compiled As Core\compile_ruleset() made it.
 * @param list<mixed>          $nodes    The published nodes, as they were read.
 * @return array<string, string>
 */
function segment_scopes( array $compiled, array $nodes ): array {
	$depths = node_depths( $nodes );
	return array_map( static fn ( int $place ): string => SCOPES[ $depths[ $place ] ], $compiled['segments'] );
}

/**
 * Place → how deep into a visitor's privacy the node looks: a place in SCOPES.
 *
 * @param list<\stdClass> $nodes The published nodes.
 * @return array<int, int>
 */
function node_depths( array $nodes ): array {
	$depths = array();
	foreach ( $nodes as $place => $node ) {
		// Children stand before their parents.
		$depths[ $place ] = node_depth( $node, $depths );
	}
	return $depths;
}

/**
 * How deep into a visitor's privacy a node looks: a place in SCOPES.
 *
 * @param array<int, int> $depths Those of the nodes before it.
 */
function node_depth( \stdClass $node, array $depths ): int {
	switch ( $node->op ) {
		case 'when':
			return 'visitor' === $node->timezone ? 2 : 0;
		case 'consent':
			return 1;
		case 'attr':
			return path_depth( $node->path );
		case 'all':
		case 'any':
		case 'not':
		case 'atLeast':
		case 'segment':
			return max( array_map( static fn ( int $child ): int => $depths[ $child ], $node->of ) );
		default:
			return 2;
	}
}

/** The same of a path that an `attr` reads. */
function path_depth( string $path ): int {
	if ( 'url.host' === $path || 'url.path' === $path ) {
		return 0;
	}
	$group = strstr( $path . '.', '.', true );
	return in_array( $group, array( 'geo', 'device', 'language', 'utm', 'query', 'referrer' ), true ) ? 1 : 2;
}
