<?php
/**
 * Undoes the packing of a signal's state.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

// How many members a kind's state has; where it is watched since stands after them.
const PACKED_MEMBERS = array(
	'times'    => 3,
	'total'    => 1,
	'ring'     => 1,
	'distinct' => 1,
	'interest' => 1,
	'score'    => 1,
	'periods'  => 1,
	'chain'    => 1,
	'touch'    => 2,
);

/**
 * Undoes `pack_state`, as far as evaluation sees. What it reads was authenticated before; a member of another shape than
 * ours reads as empty all the same.
 *
 * @param array $signal A signal of the plan.
 */
function unpack_state( array $signal, mixed $packed, int $at ): array {
	if ( ! is_array( $packed ) ) {
		return empty_state( $signal );
	}
	$state = unpack_kind( $signal, $packed, $at );
	$since = $packed[ PACKED_MEMBERS[ $signal['kind'] ] ] ?? null;
	if ( is_int( $since ) ) {
		$state['since'] = $at - $since;
	}
	return $state;
}

function unpack_kind( array $signal, array $packed, int $at ): array {
	$head = $packed[0] ?? null;
	return match ( $signal['kind'] ) {
		'times' => unpack_all_times( $packed, $at ),
		'total' => array( 'total' => unpack_total( $signal, $head ) ),
		'ring', 'score' => array( 'buckets' => unpack_buckets( whole_numbers( $head ), bucket_index( $signal, $at ) ) ),
		'distinct' => array( 'values' => unpack_distinct( whole_numbers( $head ), $at ) ),
		'interest' => array( 'values' => unpack_interest( $head, bucket_index( $signal, $at ) ) ),
		'periods' => array( 'periods' => unpack_periods( whole_numbers( $head ), period_of( $signal['period'], $at ) ) ),
		'chain' => array( 'chains' => unpack_ends( whole_numbers( $head, true ), count( $signal['steps'] ), $at ) ),
		'touch' => unpack_touch( $head, $packed[1] ?? null ),
	};
}

function unpack_all_times( array $packed, int $at ): array {
	$state = array( 'times' => unpack_times( whole_numbers( $packed[0] ?? null ), $at ) );
	$first = $packed[1] ?? 0;
	if ( is_int( $first ) && 0 !== $first ) {
		$state['first'] = $at - $first;
	}
	if ( is_string( $packed[2] ?? null ) ) {
		$state['id'] = $packed[2];
	}
	return $state;
}

function unpack_total( array $signal, mixed $head ): ?int {
	if ( is_extreme( $signal['take'] ?? null ) ) {
		return whole_numbers( $head )[0] ?? null;
	}
	return is_int( $head ) ? $head : 0;
}

// Only how many values there are counts: which ones was not packed.
function unpack_distinct( array $ages, int $at ): array {
	$values = array();
	foreach ( unpack_times( $ages, $at ) as $last ) {
		$values[] = array( null, $last );
	}
	return $values;
}

function unpack_interest( mixed $head, int $index ): array {
	$values = array();
	foreach ( is_array( $head ) ? $head : array() as $entry ) {
		if ( is_array( $entry ) && is_string( $entry[0] ?? null ) ) {
			$values[] = array( $entry[0], unpack_buckets( whole_numbers( $entry[1] ?? null ), $index ) );
		}
	}
	return $values;
}

function unpack_touch( mixed $first, mixed $last ): array {
	if ( ! is_string( $first ) ) {
		return array();
	}
	return array(
		'first' => unpack_touched( $first ),
		'last'  => unpack_touched( is_string( $last ) ? $last : $first ),
	);
}

function unpack_touched( string $value ): array {
	return array(
		'value'   => $value,
		'seconds' => 0,
		'id'      => '',
	);
}

// A list of whole numbers, and of nulls where a place may be empty; an empty one in place of anything else.
function whole_numbers( mixed $value, bool $or_null = false ): array {
	if ( ! is_array( $value ) ) {
		return array();
	}
	foreach ( $value as $number ) {
		if ( ! is_int( $number ) && ! ( $or_null && null === $number ) ) {
			return array();
		}
	}
	return $value;
}
