<?php
/**
 * Joins what two profiles kept for one signal, of events that have none in common; which is given first makes no
 * difference.
 *
 * It is what folding all events into one profile gives, with two exceptions: a chain of which each profile saw a part is
 * not found, and past 64 values of an interest the weakest of either went before the other knew them. What is watched only
 * since later in one of them is so in both together.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param array<string, mixed> $signal The signal of both.
 * @param array<string, mixed> $a      What one kept.
 * @param array<string, mixed> $b      What the other kept.
 * @return array<string, mixed>
 */
function merge_states( array $signal, array $a, array $b ): array {
	$merged  = merge_kind( $signal, $a, $b );
	$skipped = ( $a['skipped'] ?? 0 ) + ( $b['skipped'] ?? 0 );
	$since   = max( $a['since'] ?? PHP_INT_MIN, $b['since'] ?? PHP_INT_MIN );
	if ( $skipped > 0 ) {
		$merged['skipped'] = $skipped;
	}
	if ( PHP_INT_MIN !== $since ) {
		$merged['since'] = $since;
	}
	return $merged;
}

/**
 * @param array<string, mixed> $signal The signal of both.
 * @param array<string, mixed> $a      What one kept.
 * @param array<string, mixed> $b      What the other kept.
 * @return array<string, mixed>
 */
function merge_kind( array $signal, array $a, array $b ): array {
	switch ( $signal['kind'] ) {
		case 'times':
			return merge_times( $signal, $a, $b );
		case 'total':
			$held = $a['total'];
			return array( 'total' => null === $b['total'] ? $held : take_into( $signal['take'] ?? null, $held, $b['total'] ) );
		case 'ring':
			foreach ( $b['buckets'] as $bucket ) {
				add_to_ring( $a['buckets'], $bucket[0], $bucket[1], $signal['take'] ?? null );
			}
			return array( 'buckets' => $a['buckets'] );
		case 'score':
			return array( 'buckets' => merge_points( $a['buckets'], $b['buckets'] ) );
		case 'distinct':
			foreach ( $b['values'] as $entry ) {
				note_value( $a['values'], $entry );
			}
			return array( 'values' => $a['values'] );
		case 'interest':
			return array( 'values' => merge_interests( $a['values'], $b['values'] ) );
		case 'periods':
			foreach ( $b['periods'] as $period ) {
				note_period( $a['periods'], $period );
			}
			return array( 'periods' => $a['periods'] );
		case 'chain':
			return array( 'chains' => merge_chains( $a['chains'], $b['chains'] ) );
		default:
			return merge_touches( $a, $b );
	}
}

/**
 * @param array<string, mixed> $signal The signal of both.
 * @param array<string, mixed> $a      What one kept.
 * @param array<string, mixed> $b      What the other kept.
 * @return array<string, mixed>
 */
function merge_times( array $signal, array $a, array $b ): array {
	$times = array_merge( $a['times'], $b['times'] );
	rsort( $times );
	$times  = array_slice( $times, 0, $signal['keep'] );
	$firsts = array_values( without_nulls( array( $a['first'] ?? null, $b['first'] ?? null ) ) );
	return without_nulls(
		array(
			'times' => $times,
			'first' => array() === $firsts ? null : min( $firsts ),
			'id'    => merge_ids( $times[0] ?? null, $a, $b ),
		)
	);
}

/**
 * Of one second the larger id is the last; where one was not kept, nobody knows (null).
 *
 * @param int|null             $last The last second of both.
 * @param array<string, mixed> $a    What one kept.
 * @param array<string, mixed> $b    What the other kept.
 */
function merge_ids( ?int $last, array $a, array $b ): ?string {
	$id = null;
	foreach ( array( $a, $b ) as $state ) {
		if ( null === $last || ( $state['times'][0] ?? null ) !== $last ) {
			continue;
		}
		if ( ! isset( $state['id'] ) ) {
			return null;
		}
		$id = null === $id || strcmp( $state['id'], $id ) > 0 ? $state['id'] : $id;
	}
	return $id;
}

/**
 * @param list<array{int, int}> $a Buckets of points.
 * @param list<array{int, int}> $b Others.
 * @return list<array{int, int}>
 */
function merge_points( array $a, array $b ): array {
	foreach ( $b as $bucket ) {
		add_points( $a, $bucket[0], $bucket[1] );
	}
	return $a;
}

/**
 * @param list<array{string, list<array{int, int}>}> $a Entries.
 * @param list<array{string, list<array{int, int}>}> $b Others.
 * @return list<array{string, list<array{int, int}>}>
 */
function merge_interests( array $a, array $b ): array {
	foreach ( $b as [ $value, $buckets ] ) {
		$place = interest_place( $a, $value );
		if ( isset( $a[ $place ] ) && $a[ $place ][0] === $value ) {
			$a[ $place ][1] = merge_points( $a[ $place ][1], $buckets );
		} else {
			array_splice( $a, $place, 0, array( array( $value, $buckets ) ) );
		}
	}
	return limit_interests( $a );
}

/**
 * For each step the chain that ended last; of two that ended together the one that began last.
 *
 * @param list<array{int, int}|null> $a Chains.
 * @param list<array{int, int}|null> $b Others.
 * @return list<array{int, int}|null>
 */
function merge_chains( array $a, array $b ): array {
	foreach ( $b as $step => $other ) {
		$chain = $a[ $step ] ?? null;
		if ( null !== $other && ( null === $chain || array( $other[1], $other[0] ) > array( $chain[1], $chain[0] ) ) ) {
			$a[ $step ] = $other;
		}
	}
	return $a;
}

/**
 * @param array<string, mixed> $a What one kept.
 * @param array<string, mixed> $b What the other kept.
 * @return array<string, mixed>
 */
function merge_touches( array $a, array $b ): array {
	$merged = array();
	foreach ( array( 'first' => -1, 'last' => 1 ) as $member => $sign ) {
		foreach ( array( $a, $b ) as $state ) {
			$touched = $state[ $member ] ?? null;
			$known   = $merged[ $member ] ?? null;
			if ( null !== $touched && ( null === $known || compare_touched( $touched, $known ) * $sign > 0 ) ) {
				$merged[ $member ] = $touched;
			}
		}
	}
	return $merged;
}
