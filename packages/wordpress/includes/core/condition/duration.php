<?php
/**
 * Lengths of time: a whole number from 1 and m (60 s), h, d (24 h) or w (7 d), for example `7d`.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

const DURATION_UNITS = array(
	'm' => 60,
	'h' => 3600,
	'd' => 86400,
	'w' => 604800,
);

/** Reads a duration as whole seconds, or null when it is none. */
function parse_duration( mixed $value ): ?int {
	if ( ! is_string( $value ) || 1 !== preg_match( '/\A([1-9][0-9]{0,9})([mhdw])\z/', $value, $parts ) ) {
		return null;
	}
	return (int) $parts[1] * DURATION_UNITS[ $parts[2] ];
}

/**
 * Seconds of a duration that was checked before.
 *
 * @throws \InvalidArgumentException When it is none.
 */
function duration_seconds( string $duration ): int {
	return parse_duration( $duration )
		?? throw new \InvalidArgumentException( "[core] duration_seconds: {$duration} is no duration. Check the ruleset first." );
}
