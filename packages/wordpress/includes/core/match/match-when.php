<?php
/**
 * Now lies in a span of time, local hours and local weekdays.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Compiles `when`: from, until, timezone, and the local test: first and last second of the day, days (7 flags from Monday,
 * or null for all), seconds of the day at which its answer may change.
 *
 * @return list<mixed>
 */
function compile_when( \stdClass $node, string $path ): array {
	$timezone = text_member( $node, 'timezone', $path );
	if ( 'visitor' !== $timezone && ! is_timezone( $timezone ) ) {
		throw new \InvalidArgumentException(
			"[core] compile_ruleset: {$path}.timezone is {$timezone}, which this PHP does not know. Update its timezones, or name another."
		);
	}
	return array(
		optional_whole( $node, 'from', $path, -NEVER ),
		optional_whole( $node, 'until', $path, NEVER ),
		$timezone,
		compile_local( $node, $path ),
	);
}

/**
 * Compiles hours and weekdays.
 *
 * @return array{int, int, list<bool>|null, list<int>}
 */
function compile_local( \stdClass $node, string $path ): array {
	list( $start, $end ) = compile_hours( $node, $path );

	$days  = compile_weekdays( $node, $path );
	$edges = \property_exists( $node, 'hours' ) ? array( $start % DAY_SECONDS, $end % DAY_SECONDS ) : array();
	if ( null !== $days ) {
		$edges[] = 0;
	}
	$edges = \array_values( \array_unique( $edges ) );
	\sort( $edges );
	return array( $start, $end, $days, $edges );
}

/**
 * The seconds of the day between which it is open.
 *
 * @return array{int, int}
 */
function compile_hours( \stdClass $node, string $path ): array {
	if ( ! \property_exists( $node, 'hours' ) ) {
		return array( 0, DAY_SECONDS );
	}
	$hours = list_member( $node, 'hours', $path );
	foreach ( $hours as $second ) {
		if ( 2 !== \count( $hours ) || ! \is_int( $second ) || $second < 0 || $second > DAY_SECONDS ) {
			throw damaged( "{$path}.hours", 'a list of two seconds of a day' );
		}
	}
	return isset( $hours[1] ) ? array( $hours[0], $hours[1] ) : throw damaged( "{$path}.hours", 'a list of two seconds of a day' );
}

/**
 * Which days pass, from Monday; null for all.
 *
 * @return list<bool>|null
 */
function compile_weekdays( \stdClass $node, string $path ): ?array {
	$weekdays = \property_exists( $node, 'weekdays' ) ? list_member( $node, 'weekdays', $path ) : array();
	$days     = \array_fill( 0, 7, false );
	foreach ( $weekdays as $day ) {
		if ( ! \is_int( $day ) || ! isset( $days[ $day ] ) ) {
			throw damaged( "{$path}.weekdays", 'a list of days, 0 to 6' );
		}
		$days[ $day ] = true;
	}
	return array() === $weekdays ? null : $days;
}

/**
 * Now lies in the span.
 *
 * @param array<int, mixed> $node Of `compile_when`.
 */
function match_when( Scope $scope, array $node ): int {
	list( , , $from, $until, $timezone, $local ) = $node;

	$now = $scope->now;
	if ( $now >= $until ) {
		return answer( $scope, IS_FALSE, NEVER );
	}
	if ( $now < $from ) {
		return answer( $scope, IS_FALSE, $scope->is_timed ? opening_time( $scope, $timezone, $local, $from, $until ) : NEVER );
	}
	$zone = 'visitor' === $timezone ? visitor_zone( $scope ) : named_zone( $scope, $timezone, $local );
	if ( null === $zone ) {
		return answer( $scope, UNKNOWN, $until );
	}
	$change = $scope->is_timed ? next_change( $local, $zone, $now ) : NEVER;
	if ( passes_local( $local, $now + offset_at( $zone, $now ) ) ) {
		return answer( $scope, IS_TRUE, \min( $change, $until ) );
	}
	return answer( $scope, IS_FALSE, $change < $until ? $change : NEVER );
}

/**
 * The zone of a name; where nobody asks for local time any will do.
 *
 * @param array{int, int, list<bool>|null, list<int>} $local Of `compile_local`.
 */
function named_zone( Scope $scope, string $timezone, array $local ): \DateTime|int {
	return 'UTC' === $timezone || array() === $local[3] ? 0 : zone_of( $scope, $timezone );
}

/** The visitor's own offset in seconds; null when nobody knows. */
function visitor_zone( Scope $scope ): ?int {
	$minutes = $scope->context->utcOffset ?? null;
	$is_near = ( \is_int( $minutes ) || \is_float( $minutes ) ) && \abs( $minutes ) <= 24 * 60;
	return $is_near && \floor( $minutes ) === (float) $minutes ? (int) $minutes * 60 : null;
}

/**
 * The first second of a span ahead at which the local time passes, or may pass where nobody knows it; `NEVER` when it does
 * not before the end.
 *
 * @param array{int, int, list<bool>|null, list<int>} $local Of `compile_local`.
 */
function opening_time( Scope $scope, string $timezone, array $local, int $from, int $until ): int {
	$zone = 'visitor' === $timezone ? visitor_zone( $scope ) : open_zone( $timezone, $from );
	if ( null === $zone ) {
		return $from;
	}
	$opens = passes_local( $local, $from + offset_at( $zone, $from ) ) ? $from : next_change( $local, $zone, $from );
	return $opens < $until ? $opens : NEVER;
}

/**
 * Tells whether a local second passes.
 *
 * @param array{int, int, list<bool>|null, list<int>} $local Of `compile_local`.
 */
function passes_local( array $local, int $second ): bool {
	list( $start, $end, $days ) = $local;

	$at       = second_of_day( $second );
	$in_hours = $start < $end ? $at >= $start && $at < $end : $at >= $start || $at < $end;
	return $in_hours && ( null === $days || $days[ weekday_of( $second ) ] );
}

/**
 * The first second after `now` at which the local test answers otherwise.
 *
 * @param array{int, int, list<bool>|null, list<int>} $local Of `compile_local`.
 */
function next_change( array $local, \DateTime|int $zone, int $now ): int {
	$edges = $local[3];
	if ( array() === $edges ) {
		return NEVER;
	}
	$before = passes_local( $local, $now + offset_at( $zone, $now ) );
	$at     = $now;
	while ( $at < $now + LOCAL_HORIZON ) {
		$east = offset_at( $zone, $at );
		$edge = $at + until_edge( $edges, $at + $east );
		// Where clocks are changed on the way, look at that instant first: it may jump over an edge.
		$at = offset_at( $zone, $edge ) === $east ? $edge : offset_change( $zone, $at, $edge );
		if ( passes_local( $local, $at + offset_at( $zone, $at ) ) !== $before ) {
			return $at;
		}
	}
	return NEVER;
}

/**
 * Seconds until the next edge.
 *
 * @param list<int> $edges Seconds of the day, ascending.
 */
function until_edge( array $edges, int $local ): int {
	$second = second_of_day( $local );
	foreach ( $edges as $edge ) {
		if ( $edge > $second ) {
			return $edge - $second;
		}
	}
	return $edges[0] + DAY_SECONDS - $second;
}
