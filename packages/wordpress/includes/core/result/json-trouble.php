<?php
/**
 * How a text that is no JSON is explained.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** Where in a text the byte `$at` stands, as editors count: "line 3, column 7, character 41". */
function place_in( string $text, int $at ): string {
	$before = substr( $text, 0, $at );
	$lines  = preg_split( '/\r\n|\n|\r/', $before );
	$column = utf16_length( $lines[ count( $lines ) - 1 ] ) + 1;
	return 'line ' . count( $lines ) . ", column {$column}, character " . ( utf16_length( $before ) + 1 );
}

/** What mends a text that is no JSON from here on: what people write who know other languages is named. */
function cure_at( string $text, int $at ): string {
	$next = substr( $text, $at, 2 );
	if ( '//' === $next || '/*' === $next ) {
		return 'JSON has no comments: remove it.';
	}
	$first = substr( $next, 0, 1 );
	if ( str_ends_with( rtrim( substr( $text, 0, $at ) ), ',' ) && ( '}' === $first || ']' === $first ) ) {
		return 'JSON has no comma after the last one: remove it.';
	}
	return "'" === $first ? 'JSON has double quotes only: use them.' : 'Correct the JSON.';
}
