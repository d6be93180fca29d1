<?php
/**
 * Buckets are a list of array( index, amount ), ascending by index.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Joins an amount to the bucket of an index, in place. Buckets that then lie RING_BUCKETS or more behind the newest are
 * dropped: no later `now` can see them.
 *
 * @param list<array{int, int}> $buckets Ascending.
 * @param string|null           $take    What is taken, as `take_into` has it.
 */
function add_to_ring( array &$buckets, int $index, int $amount, ?string $take ): void {
	$at = bucket_place( $buckets, $index );
	if ( $at > 0 && $buckets[ $at - 1 ][0] === $index ) {
		$buckets[ $at - 1 ][1] = take_into( $take, $buckets[ $at - 1 ][1], $amount );
		return;
	}
	insert_bucket( $buckets, $at, $index, $amount );
	drop_old( $buckets, $buckets[ count( $buckets ) - 1 ][0] - RING_BUCKETS );
}

/**
 * Joins points (hundredths) to the bucket of an index, in place; a bucket saturates, and buckets past the last weight
 * behind the newest are dropped.
 *
 * @param list<array{int, int}> $buckets Ascending.
 */
function add_points( array &$buckets, int $index, int $points ): void {
	$at = bucket_place( $buckets, $index );
	if ( $at > 0 && $buckets[ $at - 1 ][0] === $index ) {
		$buckets[ $at - 1 ][1] = min( $buckets[ $at - 1 ][1] + $points, MAX_BUCKET );
		return;
	}
	insert_bucket( $buckets, $at, $index, min( $points, MAX_BUCKET ) );
	drop_old( $buckets, $buckets[ count( $buckets ) - 1 ][0] - DECAY_BUCKETS );
}

/**
 * How many buckets have this index or a smaller one.
 *
 * @param list<array{int, int}> $buckets Ascending.
 */
function bucket_place( array $buckets, int $index ): int {
	$at = count( $buckets );
	while ( $at > 0 && $buckets[ $at - 1 ][0] > $index ) {
		--$at;
	}
	return $at;
}

/**
 * @param list<array{int, int}> $buckets Ascending.
 */
function insert_bucket( array &$buckets, int $at, int $index, int $amount ): void {
	array_splice( $buckets, $at, 0, array( array( $index, $amount ) ) );
}

/**
 * Drops the buckets up to and with the index `oldest`, in place.
 *
 * @param list<array{int, int}> $buckets Ascending.
 */
function drop_old( array &$buckets, int $oldest ): void {
	$count = 0;
	while ( isset( $buckets[ $count ] ) && $buckets[ $count ][0] <= $oldest ) {
		++$count;
	}
	if ( $count > 0 ) {
		array_splice( $buckets, 0, $count );
	}
}
