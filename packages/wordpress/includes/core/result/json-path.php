<?php
/**
 * Where in a document something stands.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

// Whoever reads a path wants the place, not a key of 60 KB in each of a thousand paths.
const MAX_PATH_KEY = 64;

/** Extends a JSON path by an object key (`$.segments["high-intent"]`) or a list index (`$.all[0]`). */
function json_path( string $path, string|int $step ): string {
	if ( is_int( $step ) ) {
		return "{$path}[{$step}]";
	}
	// A text has no more units than bytes.
	$is_long = strlen( $step ) > MAX_PATH_KEY && utf16_length( $step ) > MAX_PATH_KEY;
	$key     = $is_long ? utf16_start( $step, MAX_PATH_KEY ) . '…' : $step;
	return 1 === preg_match( '/\A[A-Za-z_][A-Za-z0-9_]*\z/', $key ) ? "{$path}.{$key}" : $path . '[' . json_string( $key ) . ']';
}
