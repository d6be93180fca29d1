<?php
/**
 * Days and weeks, counted since 1970.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** So many periods, the newest included, can be asked about. */
const MAX_PERIODS = 60;

const DAY_SECONDS = 86_400;

/** 1970-01-01 was a Thursday: the first whole ISO week began on the Monday three days before. */
const DAYS_SINCE_MONDAY = 3;

/**
 * The index of the UTC day, or of the ISO week from Monday, in which a second lies.
 */
function period_of( string $period, int $seconds ): int {
	$day = floor_divide( $seconds, DAY_SECONDS );
	return 'day' === $period ? $day : floor_divide( $day + DAYS_SINCE_MONDAY, 7 );
}

/**
 * The second at which a period begins.
 */
function period_start( string $period, int $index ): int {
	return ( 'day' === $period ? $index : $index * 7 - DAYS_SINCE_MONDAY ) * DAY_SECONDS;
}
