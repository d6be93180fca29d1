<?php
/**
 * Packs a signal's state for a token: a list of members without its empty tail, 0 for an empty state.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Packs what evaluation reads of a state; times become ages before `$at` (seconds), each counted from the one before.
 * How many values were skipped, when a chain began and which event a touch was stay at rest.
 *
 * @param array  $signal A signal of the plan.
 * @param ?array $state  Its state; null is that of a signal that heard nothing.
 */
function pack_state( array $signal, ?array $state, int $at ): array|int {
	if ( null === $state ) {
		return 0;
	}
	$members = pack_kind( $signal, $state, $at );
	// An age of 0 is said too: a signal watched since this very second was not watched before.
	return isset( $state['since'] ) ? array( ...$members, $at - $state['since'] ) : trim_members( $members );
}

function pack_kind( array $signal, array $state, int $at ): array {
	return match ( $signal['kind'] ) {
		'times' => array(
			pack_times( $state['times'], $at ),
			isset( $state['first'] ) ? $at - $state['first'] : 0,
			$state['id'] ?? 0,
		),
		'total' => array( pack_total( $signal, $state['total'] ) ),
		'ring', 'score' => array( pack_buckets( $state['buckets'], bucket_index( $signal, $at ) ) ),
		'distinct' => array( pack_times( array_column( $state['values'], 1 ), $at ) ),
		'interest' => array( pack_interest( $state['values'], bucket_index( $signal, $at ) ) ),
		'periods' => array( pack_periods( $state['periods'], period_of( $signal['period'], $at ) ) ),
		'chain' => array( pack_ends( $state['chains'], $at ) ),
		'touch' => pack_touch( $state ),
	};
}

// The least or greatest stands in a list, so that 0 is not nothing.
function pack_total( array $signal, ?int $total ): array|int {
	if ( ! is_extreme( $signal['take'] ?? null ) ) {
		return (int) $total;
	}
	return null === $total ? array() : array( $total );
}

function pack_interest( array $values, int $index ): array {
	$packed = array();
	foreach ( $values as list( $value, $buckets ) ) {
		$packed[] = array( $value, pack_buckets( $buckets, $index ) );
	}
	return $packed;
}

function pack_touch( array $state ): array {
	$first = $state['first']['value'] ?? 0;
	$last  = $state['last']['value'] ?? 0;
	return array( $first, $last === $first ? 0 : $last );
}

function bucket_index( array $signal, int $at ): int {
	return floor_divide( $at, $signal['bucket'] );
}

function trim_members( array $members ): array|int {
	while ( array() !== $members && in_array( $members[ count( $members ) - 1 ], array( 0, array() ), true ) ) {
		array_pop( $members );
	}
	return array() === $members ? 0 : $members;
}
