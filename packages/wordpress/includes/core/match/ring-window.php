<?php
/**
 * The buckets of a ring that lie in its window now; all conditions on a ring look at the same ones.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

final class Ring_Window {

	/**
	 * @param array<string, mixed> $state  Of the ring.
	 * @param int                  $first  The place of the first bucket in the window.
	 * @param int                  $length How many there are from it on.
	 * @param list<int>            $values What the buckets from each place of the window on come to; past the last stands what
	 *                                     nothing comes to: `NEVER` the least, `−NEVER` the greatest, 0 a sum.
	 */
	public function __construct(
		public readonly array $state,
		public readonly int $first,
		public readonly int $length,
		public readonly array $values
	) {}
}

/**
 * Works out the window of a ring for the question at hand.
 *
 * @param int         $bucket Seconds of a bucket.
 * @param string|null $take   What is taken: `sum`, `min`, `max`, `number`; null counts events.
 */
function ring_window( Scope $scope, string $signal, int $bucket, ?string $take ): Ring_Window {
	return $scope->windows[ $signal ] = open_window( state_at( $scope, $signal ), $take, floor_divide( $scope->now, $bucket ) - RING_BUCKETS );
}

/**
 * Works out a window.
 *
 * @param array<string, mixed> $state  Of a ring.
 * @param int                  $oldest The index of the last bucket that is out.
 */
function open_window( array $state, ?string $take, int $oldest ): Ring_Window {
	$buckets = $state['buckets'];
	$all     = \count( $buckets );
	$first   = 0;
	while ( $first < $all && $buckets[ $first ][0] <= $oldest ) {
		++$first;
	}
	$length = $all - $first;
	$value  = 'min' === $take ? NEVER : ( 'max' === $take ? -NEVER : 0 );
	$values = \array_fill( 0, $length + 1, $value );
	for ( $at = $length - 1; $at >= 0; --$at ) {
		$value         = take_into( $take, $value, $buckets[ $first + $at ][1] );
		$values[ $at ] = $value;
	}
	return new Ring_Window( $state, $first, $length, $values );
}
