<?php
/**
 * Reads a signal's state that came from elsewhere: the members of its kind, in their order, within their bounds. Members
 * that are null are missing. Throws \InvalidArgumentException naming the place.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The most last times that are kept. */
const MAX_TIMES = 32;

/** The most steps of a chain. */
const MAX_STEPS = 8;

/**
 * @param array<string, mixed> $signal The signal, or its `kind` alone.
 * @return array<string, mixed>
 */
function parse_state( array $signal, mixed $json, string $path ): array {
	$json  = parse_member_object( $json, $path );
	$state = parse_kind( $signal, $json, $path );
	if ( isset( $json->skipped ) && ( 'total' === $signal['kind'] || 'ring' === $signal['kind'] ) ) {
		$state['skipped'] = parse_whole( $json->skipped, "$path.skipped", 1, MAX_SAFE );
	}
	if ( isset( $json->since ) ) {
		$state['since'] = parse_seconds( $json->since, "$path.since" );
	}
	return $state;
}

/**
 * @param array<string, mixed> $signal The signal, or its `kind` alone.
 * @return array<string, mixed>
 */
function parse_kind( array $signal, \stdClass $json, string $path ): array {
	switch ( $signal['kind'] ) {
		case 'times':
			return parse_times( $json, $path );
		case 'total':
			return array( 'total' => parse_total( $signal, $json->total ?? null, "$path.total" ) );
		case 'ring':
		case 'score':
			return array( 'buckets' => parse_buckets( $signal, $json->buckets ?? null, "$path.buckets" ) );
		case 'distinct':
			return array( 'values' => parse_distinct( $json->values ?? null, "$path.values" ) );
		case 'interest':
			return array( 'values' => parse_interests( $signal, $json->values ?? null, "$path.values" ) );
		case 'periods':
			return array( 'periods' => parse_periods( $json->periods ?? null, "$path.periods" ) );
		case 'chain':
			return array( 'chains' => parse_chains( $signal, $json->chains ?? null, "$path.chains" ) );
		case 'touch':
			return parse_touches( $json, $path );
		default:
			refuse_profile( $path, 'is of a kind that is not known; update the plugin' );
	}
}

/**
 * @return array<string, mixed>
 */
function parse_times( \stdClass $json, string $path ): array {
	$times = array();
	foreach ( parse_list( $json->times ?? null, "$path.times", MAX_TIMES ) as $at => $time ) {
		$times[] = parse_seconds( $time, "$path.times[$at]" );
		refuse_disorder( 0 === $at || $times[ $at ] <= $times[ $at - 1 ], "$path.times[$at]" );
	}
	return without_nulls(
		array(
			'times' => $times,
			'first' => isset( $json->first ) ? parse_seconds( $json->first, "$path.first" ) : null,
			'id'    => isset( $json->id ) ? parse_text( $json->id, "$path.id" ) : null,
		)
	);
}

/**
 * @param array<string, mixed> $signal The signal, or its `kind` alone.
 */
function parse_total( array $signal, mixed $json, string $path ): ?int {
	// Only of a least or a greatest may there be nothing.
	$may_lack = ! isset( $signal['event'] ) || is_extreme( $signal['take'] ?? null );
	return null === $json && $may_lack ? null : parse_whole( $json, $path, -MAX_SUM, MAX_SUM );
}

/**
 * Buckets ascend by index, each within the dates there are.
 *
 * @param array<string, mixed> $signal The signal, or its `kind` alone.
 * @return list<array{int, int}>
 */
function parse_buckets( array $signal, mixed $json, string $path ): array {
	$is_ring  = 'ring' === $signal['kind'];
	$least    = $is_ring ? -MAX_SUM : 0;
	$most     = $is_ring ? MAX_SUM : MAX_BUCKET;
	$furthest = intdiv( MAX_SECONDS, $signal['bucket'] ?? 1 ) + 1;
	$buckets  = array();
	foreach ( parse_list( $json, $path, $is_ring ? RING_BUCKETS : DECAY_BUCKETS ) as $at => $pair ) {
		[ $index, $amount ] = parse_pair( $pair, "{$path}[$at]" );
		$buckets[]          = array(
			parse_whole( $index, "{$path}[$at][0]", -$furthest, $furthest ),
			parse_whole( $amount, "{$path}[$at][1]", $least, $most ),
		);
		refuse_disorder( 0 === $at || $buckets[ $at ][0] > $buckets[ $at - 1 ][0], "{$path}[$at]" );
	}
	return $buckets;
}

/**
 * @return list<array{string|int|float|bool|null, int}>
 */
function parse_distinct( mixed $json, string $path ): array {
	$values = array();
	foreach ( parse_list( $json, $path, MAX_DISTINCT ) as $at => $pair ) {
		[ $value, $last ] = parse_pair( $pair, "{$path}[$at]" );
		$values[]         = array(
			null === $value ? null : parse_scalar( $value, "{$path}[$at][0]" ),
			parse_seconds( $last, "{$path}[$at][1]" ),
		);
		refuse_disorder( 0 === $at || $values[ $at ][1] <= $values[ $at - 1 ][1], "{$path}[$at]" );
	}
	return $values;
}

/**
 * @param array<string, mixed> $signal The signal, or its `kind` alone.
 * @return list<array{string, non-empty-list<array{int, int}>}>
 */
function parse_interests( array $signal, mixed $json, string $path ): array {
	$values = array();
	foreach ( parse_list( $json, $path, MAX_INTERESTS ) as $at => $pair ) {
		[ $value, $list ] = parse_pair( $pair, "{$path}[$at]" );
		$value            = parse_text( $value, "{$path}[$at][0]" );
		$buckets          = parse_buckets( $signal, $list, "{$path}[$at][1]" );
		if ( array() === $buckets ) {
			refuse_profile( "{$path}[$at][1]", 'is empty; leave out a value without points' );
		}
		$values[] = array( $value, $buckets );
		refuse_disorder( 0 === $at || strcmp( $value, $values[ $at - 1 ][0] ) > 0, "{$path}[$at]" );
	}
	return $values;
}

/**
 * @return list<int>
 */
function parse_periods( mixed $json, string $path ): array {
	$furthest = intdiv( MAX_SECONDS, DAY_SECONDS ) + 1;
	$periods  = array();
	foreach ( parse_list( $json, $path, MAX_PERIODS ) as $at => $period ) {
		$periods[] = parse_whole( $period, "{$path}[$at]", -$furthest, $furthest );
		refuse_disorder( 0 === $at || $periods[ $at ] < $periods[ $at - 1 ], "{$path}[$at]" );
	}
	return $periods;
}

/**
 * @param array<string, mixed> $signal The signal, or its `kind` alone.
 * @return list<array{int, int}|null>
 */
function parse_chains( array $signal, mixed $json, string $path ): array {
	$chains = array();
	foreach ( parse_list( $json, $path, MAX_STEPS ) as $at => $pair ) {
		[ $start, $end ] = null === $pair ? array( null, null ) : parse_pair( $pair, "{$path}[$at]" );
		$chains[]        = null === $pair ? null : array(
			parse_seconds( $start, "{$path}[$at][0]" ),
			parse_seconds( $end, "{$path}[$at][1]" ),
		);
	}
	if ( isset( $signal['steps'] ) && count( $chains ) !== count( $signal['steps'] ) ) {
		refuse_profile( $path, 'has not one place for each step; read the profile for this revision' );
	}
	return $chains;
}

/**
 * @return array<string, array{value: string, seconds: int, id: string}>
 */
function parse_touches( \stdClass $json, string $path ): array {
	$state = array();
	foreach ( array( 'first', 'last' ) as $member ) {
		if ( isset( $json->{$member} ) ) {
			$touched          = parse_member_object( $json->{$member}, "$path.$member" );
			$state[ $member ] = array(
				'value'   => parse_text( $touched->value ?? null, "$path.$member.value" ),
				'seconds' => parse_seconds( $touched->seconds ?? null, "$path.$member.seconds" ),
				'id'      => parse_text( $touched->id ?? null, "$path.$member.id" ),
			);
		}
	}
	return $state;
}

/**
 * Refuses what does not stand in the order that its list has.
 */
function refuse_disorder( bool $is_ordered, string $path ): void {
	if ( ! $is_ordered ) {
		refuse_profile( $path, 'is out of order; take the profile as its store gave it' );
	}
}
