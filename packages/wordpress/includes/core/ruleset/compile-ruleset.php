<?php
/**
 * Makes a published ruleset ready to decide: plain arrays, which a host keeps as a PHP file or in its cache, so that no
 * request reads or checks the document again.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The format of published rulesets that this version reads. */
const PUBLISHED_FORMAT = 1;

/** The format of what `compile_ruleset` gives. What was kept in another one is to be compiled anew. */
const COMPILED_FORMAT = 1;

/**
 * Compiles a published ruleset; once per revision.
 *
 * Gives `format`, `revision`, `plan` (`id`, `keys`, `signals`), `unheard`, `fields`, `nodes`, `sweep`, `segments` (key to
 * place), `sheet`, `placements` (key to `baseline`, `variants`), `routes`, `experiences` (placement to list), `holdout`
 * (`buckets`, `axis`, or null), `events`, `retention`.
 *
 * @return array<string, mixed>
 * @throws \InvalidArgumentException When it is none, or damaged; the message names the place.
 */
function compile_ruleset( \stdClass $published ): array {
	if ( PUBLISHED_FORMAT !== ( $published->published ?? null ) ) {
		throw new \InvalidArgumentException(
			'[core] compile_ruleset: not published in format ' . PUBLISHED_FORMAT . '. Publish it with `attune publish`.'
		);
	}
	$plan     = compile_plan( object_member( $published, 'plan', '$' ) );
	$compiled = compile_nodes( list_member( $published, 'nodes', '$' ), $plan );
	$nodes    = $compiled['nodes'];
	$segments = compile_segments( object_member( $published, 'segments', '$' ), $nodes );

	$placements  = compile_placements( object_member( $published, 'placements', '$' ) );
	$experiences = compile_experiences( list_member( $published, 'experiences', '$' ), $nodes );
	return array(
		'format'      => COMPILED_FORMAT,
		'revision'    => text_member( $published, 'revision', '$' ),
		'plan'        => $plan,
		'unheard'     => \array_combine( $plan['keys'], \array_map( unheard_state( ... ), $plan['signals'] ) ),
		'fields'      => $compiled['fields'],
		'nodes'       => $nodes,
		'sweep'       => $compiled['sweep'],
		'segments'    => $segments,
		'sheet'       => compile_sheet( $segments, $placements, $experiences, $nodes ),
		'placements'  => $placements,
		'routes'      => compile_routes( object_member( $published, 'routes', '$' ) ),
		'experiences' => $experiences,
		'holdout'     => \property_exists( $published, 'holdout' ) ? compile_holdout( object_member( $published, 'holdout', '$' ) ) : null,
		'events'      => plain_arrays( object_member( $published, 'events', '$' ) ),
		'retention'   => plain_arrays( $published->retention ?? array() ),
	);
}

/**
 * The state of a signal that was never watched.
 *
 * @param array<string, mixed> $signal Of a compiled plan.
 * @return array<string, mixed>
 */
function unheard_state( array $signal ): array {
	return array( ...empty_state( $signal ), 'since' => NEVER );
}

/**
 * Compiles segments.
 *
 * @param list<array<int, mixed>> $nodes Compiled.
 * @return array<string, int> Segment to place.
 */
function compile_segments( \stdClass $published, array $nodes ): array {
	$segments = array();
	foreach ( \array_keys( (array) $published ) as $key ) {
		$segments[ $key ] = place_member( $published, (string) $key, '$.segments', $nodes );
	}
	return $segments;
}

/**
 * Compiles placements.
 *
 * @return array<string, array{baseline: string, variants: list<string>}>
 */
function compile_placements( \stdClass $published ): array {
	$placements = array();
	foreach ( \array_keys( (array) $published ) as $key ) {
		$path               = json_path( '$.placements', (string) $key );
		$placement          = object_member( $published, (string) $key, '$.placements' );
		$placements[ $key ] = array(
			'baseline' => text_member( $placement, 'baseline', $path ),
			'variants' => texts_member( $placement, 'variants', $path ),
		);
	}
	return $placements;
}

/**
 * Compiles routes.
 *
 * @return array<string, list<string>> Pattern to placements.
 */
function compile_routes( \stdClass $published ): array {
	$routes = array();
	foreach ( \array_keys( (array) $published ) as $pattern ) {
		$routes[ $pattern ] = texts_member( $published, (string) $pattern, '$.routes' );
	}
	return $routes;
}

/**
 * Compiles experiences.
 *
 * @param list<mixed>             $published In list order.
 * @param list<array<int, mixed>> $nodes     Compiled.
 * @return array<string, list<array<string, mixed>>> Placement to its experiences in list order.
 */
function compile_experiences( array $published, array $nodes ): array {
	$experiences = array();
	foreach ( $published as $at => $experience ) {
		$path = "\$.experiences[{$at}]";
		if ( ! $experience instanceof \stdClass ) {
			throw damaged( $path, 'an object' );
		}
		$experiences[ text_member( $experience, 'placement', $path ) ][] = compile_experience( $experience, $path, $nodes );
	}
	return $experiences;
}

/**
 * Compiles the holdout.
 *
 * @return array{buckets: int, axis: string}
 */
function compile_holdout( \stdClass $published ): array {
	return array(
		'buckets' => whole_member( $published, 'buckets', '$.holdout', 0, BUCKETS ),
		'axis'    => text_member( $published, 'axis', '$.holdout' ),
	);
}
