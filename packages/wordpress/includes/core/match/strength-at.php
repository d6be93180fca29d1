<?php
/**
 * Decayed strengths.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** So many values of a family are kept. */
const FAMILY_VALUES = 64;

/**
 * The decayed strength of the value at a place of a family (0 for a score) at the border that lies `row` behind `now`,
 * worked out once a question.
 *
 * @param list<array{int, int}> $buckets Of that value.
 * @param int                   $now     The bucket in which now lies.
 */
function strength_at( Scope $scope, string $signal, int $place, array $buckets, int $now, int $row ): int {
	return $scope->strengths[ $signal ][ $row * FAMILY_VALUES + $place ] ??= decayed_strength( $buckets, $now + $row );
}
