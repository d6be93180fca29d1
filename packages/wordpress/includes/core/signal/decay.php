<?php
/**
 * Decaying points: hundredths of a point in buckets, each weighed by its age in buckets.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * W[k] = floor( 10^6 × 2^(−k/8) + 0.5 ) for k = 0…63: what a bucket k buckets old weighs, in millionths.
 * A table, so that no host computes a power.
 */
const WEIGHTS = array(
	1000000, 917004, 840896, 771105, 707107, 648420, 594604, 545254, 500000, 458502, 420448, 385553, 353553,
	324210, 297302, 272627, 250000, 229251, 210224, 192776, 176777, 162105, 148651, 136313, 125000, 114626,
	105112, 96388, 88388, 81052, 74325, 68157, 62500, 57313, 52556, 48194, 44194, 40526, 37163, 34078, 31250,
	28656, 26278, 24097, 22097, 20263, 18581, 17039, 15625, 14328, 13139, 12049, 11049, 10132, 9291, 8520, 7813,
	7164, 6570, 6024, 5524, 5066, 4645, 4260,
);

/** Past the last weight points are nothing. */
const DECAY_BUCKETS = 64;

/** A bucket saturates at this many hundredths of a point. */
const MAX_BUCKET = 100_000_000;

/**
 * The decayed strength of buckets at the bucket `at`, a whole number of 10^-8 points.
 *
 * @param list<array{int, int}> $buckets Index and hundredths of a point.
 */
function decayed_strength( array $buckets, int $at ): int {
	$strength = 0;
	$weights  = WEIGHTS;
	foreach ( $buckets as $bucket ) {
		$strength += $bucket[1] * ( $weights[ $at - $bucket[0] ] ?? 0 );
	}
	return $strength;
}
