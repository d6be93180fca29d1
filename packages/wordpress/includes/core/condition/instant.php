<?php
/**
 * Instants with a zone, as RFC 3339 writes them, for example `2026-12-01T00:00:00Z`.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

const INSTANT_PATTERN = '/\A([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]++)?([Zz]|[+-][0-9]{2}:[0-9]{2})\z/';

/** Reads an instant as whole seconds since 1970 (fractions are floored), or null when it is none. */
function parse_instant( mixed $value ): ?int {
	if ( ! is_string( $value ) || 1 !== preg_match( INSTANT_PATTERN, $value, $parts ) ) {
		return null;
	}
	list( , $year, $month, $day, $hour, $minute, $second ) = array_map( intval( ... ), $parts );
	if ( ! checkdate_proleptic( $year, $month, $day ) || $hour > 23 || $minute > 59 || $second > 59 ) {
		return null;
	}
	$offset = zone_seconds( $parts[7] );
	if ( null === $offset ) {
		return null;
	}
	return days_since_1970( $year, $month, $day ) * 86400 + $hour * 3600 + $minute * 60 + $second - $offset;
}

/**
 * Seconds of an instant that was checked before.
 *
 * @throws \InvalidArgumentException When it is none.
 */
function instant_seconds( string $instant ): int {
	return parse_instant( $instant )
		?? throw new \InvalidArgumentException( "[core] instant_seconds: {$instant} is no instant. Check the ruleset first." );
}

function zone_seconds( string $zone ): ?int {
	if ( 'Z' === $zone || 'z' === $zone ) {
		return 0;
	}
	$hours   = (int) substr( $zone, 1, 2 );
	$minutes = (int) substr( $zone, 4, 2 );
	if ( $hours > 23 || $minutes > 59 ) {
		return null;
	}
	return ( '-' === $zone[0] ? -1 : 1 ) * ( $hours * 3600 + $minutes * 60 );
}

// PHP's checkdate() knows no year 0, RFC 3339 does.
function checkdate_proleptic( int $year, int $month, int $day ): bool {
	if ( $month < 1 || $month > 12 || $day < 1 ) {
		return false;
	}
	$is_leap = 0 === $year % 4 && ( 0 !== $year % 100 || 0 === $year % 400 );
	return $day <= match ( $month ) {
		2 => $is_leap ? 29 : 28,
		4, 6, 9, 11 => 30,
		default => 31,
	};
}

// Days from 1970-01-01 in the proleptic Gregorian calendar; March-based years put the leap day last.
function days_since_1970( int $year, int $month, int $day ): int {
	$y           = $month > 2 ? $year : $year - 1;
	$era         = (int) floor( $y / 400 );
	$year_of_era = $y - $era * 400;
	$day_of_year = intdiv( 153 * ( $month > 2 ? $month - 3 : $month + 9 ) + 2, 5 ) + $day - 1;
	$day_of_era  = $year_of_era * 365 + intdiv( $year_of_era, 4 ) - intdiv( $year_of_era, 100 ) + $day_of_year;
	return $era * 146097 + $day_of_era - 719468;
}
