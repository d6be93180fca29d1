<?php
/**
 * Answers for segments.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** Answers that never change by time alone, by truth: most answers, which share these. */
const LASTING = array(
	-1 => array( 'match' => null, 'until' => null ),
	0  => array( 'match' => false, 'until' => null ),
	1  => array( 'match' => true, 'until' => null ),
);

/** The same by the digit of a sweep. */
const SWEPT_ANSWERS = array( LASTING[-1], LASTING[1], LASTING[0] );

/**
 * Evaluates segments, by default all of the ruleset.
 *
 * `match` null is unknown, which is not in the segment; `until` is milliseconds since 1970 before which time alone does not
 * change `match`, null when it never does.
 *
 * @param array<string, mixed> $compiled Of `compile_ruleset`.
 * @param list<string>|null    $keys     Segments.
 * @return array<string, array{match: bool|null, until: int|null}>
 * @throws \InvalidArgumentException For a key that is no segment.
 */
function evaluate_segments( array $compiled, Question $question, ?array $keys = null ): array {
	$scope    = open_scope( $compiled, $question );
	$segments = null === $keys ? $compiled['segments'] : places_of( $compiled['segments'], $keys );
	$answers  = array();
	if ( null === $keys && null !== $compiled['sweep'] && array() === $question->assume ) {
		$digits   = sweep( $scope );
		$answers  = $compiled['sheet']['form'];
		$segments = $compiled['sheet']['others'];
		$lasting  = SWEPT_ANSWERS;
		foreach ( $compiled['sheet']['formulas'] as $key => $number ) {
			$answers[ $key ] = $lasting[ $digits[ $number ] ];
		}
	}
	foreach ( $segments as $key => $place ) {
		$lasting         = LASTING[ match_node( $scope, $scope->nodes[ $place ] ) ];
		$answers[ $key ] = NEVER === $scope->until || ! $scope->is_timed
			? $lasting
			: array( 'match' => $lasting['match'], 'until' => to_milliseconds( $scope->until ) );
	}
	return $answers;
}

/**
 * The places of some segments.
 *
 * @param array<string, int> $segments Segment to place.
 * @param list<string>       $keys     Segments.
 * @return array<string, int>
 */
function places_of( array $segments, array $keys ): array {
	$places = array();
	foreach ( $keys as $key ) {
		$places[ $key ] = $segments[ $key ]
			?? throw new \InvalidArgumentException( "[core] evaluate_segments: no segment {$key}. Name one of the ruleset's." );
	}
	return $places;
}
