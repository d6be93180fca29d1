<?php
/**
 * Allocations: shares of visitors, cut one after another in list order; who falls behind the last one is left out.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Cuts shares one after another in list order, beginning at bucket `start` of the axis.
 *
 * @param list<\stdClass> $allocation Each with `variant` and `share`, 0 to 1 with at most four decimals.
 * @return list<array{string, int}> A variant and the bucket before which its share ends.
 */
function cut_allocation( array $allocation, int $start = 0 ): array {
	$end  = $start;
	$cuts = array();
	foreach ( $allocation as $share ) {
		$end   += share_buckets( $share->share );
		$cuts[] = array( $share->variant, $end );
	}
	return $cuts;
}

/**
 * The place of the cut in which a bucket lies, the first beginning at `start`; −1 for a visitor left out.
 *
 * @param list<array{string, int}> $cuts Of `cut_allocation`.
 */
function cut_at( array $cuts, int $start, int $bucket ): int {
	if ( $bucket < $start ) {
		return -1;
	}
	foreach ( $cuts as $place => $cut ) {
		if ( $bucket < $cut[1] ) {
			return $place;
		}
	}
	return -1;
}
