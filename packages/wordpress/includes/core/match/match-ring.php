<?php
/**
 * What happened in a window that is too large for exact times.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Compiles `ring`: signal, seconds of a bucket, what is taken, least, greatest.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int|string|null>
 */
function compile_ring( \stdClass $node, string $path, array $plan ): array {
	$take = $node->take ?? null;
	if ( ! \in_array( $take, array( null, 'sum', 'min', 'max', 'number' ), true ) ) {
		throw damaged( "{$path}.take", 'sum, min, max or number' );
	}
	return array(
		signal_member( $node, 'slot', $path, $plan, array( 'ring' ) ),
		whole_member( $node, 'bucket', $path, 1 ),
		$take,
		...range_member( $node, $path ),
	);
}

/**
 * A count, sum, least or greatest over the 60 buckets of a window.
 *
 * @param array<int, mixed> $node Of `compile_ring`.
 */
function match_ring( Scope $scope, array $node ): int {
	list( , , $signal, $bucket, $take, $least, $greatest ) = $node;

	$window = $scope->windows[ $signal ] ?? ring_window( $scope, $signal, $bucket, $take );
	$truth  = truth_in( $window->values[0], $least, $greatest );
	if ( ! $scope->is_timed ) {
		return $truth;
	}
	$was_in = IS_TRUE === $truth;
	// Buckets leave one after another, oldest first.
	foreach ( $window->values as $left => $value ) {
		$is_in = $value >= $least && $value <= $greatest;
		// The last is that of no bucket, which may be unknown.
		if ( ( $is_in !== $was_in || $left === $window->length ) && truth_in( $value, $least, $greatest ) !== $truth ) {
			return answer( $scope, $truth, leaving_time( $window, $left, $bucket ) );
		}
	}
	return answer( $scope, $truth, NEVER );
}

/**
 * Compiles `average`: signals of the sum and of the number of values, seconds of a bucket (0: everything), least, greatest.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int>
 */
function compile_average( \stdClass $node, string $path, array $plan ): array {
	$is_ring = isset( $node->bucket );
	$kinds   = array( $is_ring ? 'ring' : 'total' );
	return array(
		signal_member( $node, 'sum', $path, $plan, $kinds ),
		signal_member( $node, 'number', $path, $plan, $kinds ),
		$is_ring ? whole_member( $node, 'bucket', $path, 1 ) : 0,
		...range_member( $node, $path ),
	);
}

/**
 * The mean of a property, in a window or of everything: floor( sum / n ) in ten-thousandths; unknown of nothing.
 *
 * @param array<int, mixed> $node Of `compile_average`.
 */
function match_average( Scope $scope, array $node ): int {
	list( , , $sum, $number, $bucket, $least, $greatest ) = $node;
	if ( 0 === $bucket ) {
		$truth = match_total_mean( state_at( $scope, $sum ), state_at( $scope, $number ), $least, $greatest );
		return answer( $scope, $truth, NEVER );
	}
	$sums    = $scope->windows[ $sum ] ?? ring_window( $scope, $sum, $bucket, 'sum' );
	$numbers = $scope->windows[ $number ] ?? ring_window( $scope, $number, $bucket, 'number' );
	$known   = first_counted( $sums->state, $numbers->state, $sums->first, $bucket ) - $sums->first;
	if ( $known > 0 ) {
		return answer( $scope, UNKNOWN, leaving_time( $sums, $known, $bucket ) );
	}
	// Both listen to the same values, so their buckets stand side by side.
	$truth  = truth_of_mean( $sums->values[0], $numbers->values[0], $least, $greatest );
	$length = $scope->is_timed ? $sums->length : 0;
	for ( $left = 1; $left <= $length; ++$left ) {
		if ( truth_of_mean( $sums->values[ $left ], $numbers->values[ $left ] ?? 0, $least, $greatest ) !== $truth ) {
			return answer( $scope, $truth, leaving_time( $sums, $left, $bucket ) );
		}
	}
	return answer( $scope, $truth, NEVER );
}

/**
 * The mean of everything.
 *
 * @param array<string, mixed> $sum    State of a total.
 * @param array<string, mixed> $number The same.
 */
function match_total_mean( array $sum, array $number, int $least, int $greatest ): int {
	return is_uncounted( $sum, $number )
		? UNKNOWN
		: truth_of_mean( $sum['total'] ?? 0, $number['total'] ?? 0, $least, $greatest );
}

/** The second at which so many buckets have left the window. */
function leaving_time( Ring_Window $window, int $left, int $bucket ): int {
	return ( $window->state['buckets'][ $window->first + $left - 1 ][0] + RING_BUCKETS ) * $bucket;
}

/**
 * Tells whether values were added to a sum that nobody counted: another condition had it kept before a new ruleset asked
 * for the mean.
 *
 * @param array<string, mixed> $sum    State of a total or ring.
 * @param array<string, mixed> $number The same.
 */
function is_uncounted( array $sum, array $number ): bool {
	return ( $number['since'] ?? null ) !== ( $sum['since'] ?? null );
}

/**
 * The place from which on the values of every bucket were counted, at least `first`.
 *
 * @param array<string, mixed> $sum    State of a ring.
 * @param array<string, mixed> $number The same.
 */
function first_counted( array $sum, array $number, int $first, int $bucket ): int {
	$uncounted = is_uncounted( $sum, $number ) ? floor_divide( $number['since'] ?? NEVER, $bucket ) : -NEVER;
	$at        = \count( $sum['buckets'] );
	$beside    = \count( $number['buckets'] );
	while ( $at > $first ) {
		$index = $sum['buckets'][ --$at ][0];
		if ( $index <= $uncounted || ( $number['buckets'][ --$beside ][0] ?? null ) !== $index ) {
			return $at + 1;
		}
	}
	return $first;
}

/** Where a value stands to a range; what has no end is the least or greatest of nothing. */
function truth_in( int $value, int $least, int $greatest ): int {
	if ( NEVER === $value || -NEVER === $value ) {
		return UNKNOWN;
	}
	return $value >= $least && $value <= $greatest ? IS_TRUE : IS_FALSE;
}

/** Where a mean stands to a range; of nothing there is none. */
function truth_of_mean( int $sum, int $number, int $least, int $greatest ): int {
	return 0 === $number ? UNKNOWN : truth_in( mean_of( $sum, $number ), $least, $greatest );
}
