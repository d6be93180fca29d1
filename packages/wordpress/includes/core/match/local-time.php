<?php
/**
 * Local time, from PHP's own table of zones; summer time included.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** Three weeks and a lost day: past them an hour or weekday that did not change never will. */
const LOCAL_HORIZON = 22 * DAY_SECONDS;

/** Tells whether PHP knows a zone by this name. */
function is_timezone( string $name ): bool {
	if ( 1 !== \preg_match( '/\A[A-Za-z]/', $name ) ) {
		return false;
	}
	try {
		return '' !== ( new \DateTimeZone( $name ) )->getName();
	} catch ( \Exception ) {
		return false;
	}
}

/** A zone for the question at hand: its offset where that does not change as far as anybody looks, else its clock. */
function zone_of( Scope $scope, string $timezone ): \DateTime|int {
	return $scope->zones[ $timezone ] ??= open_zone( $timezone, $scope->now );
}

/** Looks whether clocks are changed soon: hardly ever, and a number is asked faster than a clock. */
function open_zone( string $timezone, int $now ): \DateTime|int {
	$zone   = new \DateTimeZone( $timezone );
	$clock  = ( new \DateTime( '@0' ) )->setTimezone( $zone );
	$offset = offset_at( $clock, $now );
	$end    = $now + LOCAL_HORIZON + DAY_SECONDS;
	return 1 === \count( $zone->getTransitions( $now, $end ) ) && offset_at( $clock, $end ) === $offset ? $offset : $clock;
}

/** How many seconds a zone lies east of UTC at a second since 1970; a zone that never changes is its offset. */
function offset_at( \DateTime|int $zone, int $seconds ): int {
	return \is_int( $zone ) ? $zone : $zone->setTimestamp( $seconds )->getOffset();
}

/** The local second of the day, 0 to 86,399. */
function second_of_day( int $local ): int {
	return ( ( $local % DAY_SECONDS ) + DAY_SECONDS ) % DAY_SECONDS;
}

/** The local weekday, 0 for Monday. 1970-01-01 was a Thursday. */
function weekday_of( int $local ): int {
	return ( ( ( floor_divide( $local, DAY_SECONDS ) + 3 ) % 7 ) + 7 ) % 7;
}

/** The first second after `from`, and not after `to`, at which the zone's offset differs. */
function offset_change( \DateTime|int $zone, int $from, int $to ): int {
	$before = offset_at( $zone, $from );
	$same   = $from;
	$other  = $to;
	while ( $other - $same > 1 ) {
		$middle = \intdiv( $same + $other, 2 );
		if ( offset_at( $zone, $middle ) === $before ) {
			$same = $middle;
		} else {
			$other = $middle;
		}
	}
	return $other;
}
