<?php
/**
 * How all segments and all placements are answered at once.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Compiles the sheet: the `form` of the answers; `formulas`, the segments that the sweep answers with their numbers in it,
 * and the places of the `others`; the keys of the `placements`, and for each of them its `audiences` that are formulas and
 * stand behind no schedule: place in the list of experiences to number.
 *
 * @param array<string, int>                        $segments    Segment to place.
 * @param array<string, mixed>                      $placements  Compiled.
 * @param array<string, list<array<string, mixed>>> $experiences Compiled, by placement.
 * @param list<array<int, mixed>>                   $nodes       Compiled.
 * @return array<string, array<mixed>>
 */
function compile_sheet( array $segments, array $placements, array $experiences, array $nodes ): array {
	$formulas = numbered( \array_map( static fn( int $place ): ?int => formula_of( $nodes[ $place ] ), $segments ) );
	return array(
		'form'       => \array_map( static fn(): mixed => null, $segments ),
		'formulas'   => $formulas,
		'others'     => \array_diff_key( $segments, $formulas ),
		'placements' => \array_map( \strval( ... ), \array_keys( $placements ) ),
		'audiences'  => \array_map(
			static fn( array $list ): array => numbered(
				\array_map( static fn( array $experience ): ?int => audience_formula( $experience, $nodes ), $list )
			),
			$experiences
		),
	);
}

/**
 * The number in the sweep of an experience's audience; null when it has none, or a schedule is to be looked at before.
 *
 * @param array<string, mixed>    $experience Compiled.
 * @param list<array<int, mixed>> $nodes      Compiled.
 */
function audience_formula( array $experience, array $nodes ): ?int {
	$is_timed = -NEVER !== $experience['from'] || NEVER !== $experience['until'];
	return null === $experience['audience'] || $is_timed ? null : formula_of( $nodes[ $experience['audience'] ] );
}

/**
 * Those that have a number.
 *
 * @param array<int|string, int|null> $numbers By key.
 * @return array<int|string, int>
 */
function numbered( array $numbers ): array {
	return \array_filter( $numbers, static fn( ?int $number ): bool => null !== $number );
}
