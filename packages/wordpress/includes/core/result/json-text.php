<?php
/**
 * JSON written byte for byte as JSON.stringify writes it, so that a sealed text is the same in every language.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The greatest key that JavaScript takes for an index; indexes stand before all other keys. */
const MAX_INDEX = 4294967294;

/**
 * Writes a value as JSON without spaces. Lists are lists, an empty array too; \stdClass and arrays with keys are objects,
 * their members in JavaScript's order: indexes ascending, then the others as they were set.
 */
function json_text( mixed $value ): string {
	if ( is_string( $value ) ) {
		return json_string( $value );
	}
	if ( is_array( $value ) && array_is_list( $value ) ) {
		return '[' . implode( ',', array_map( json_text( ... ), $value ) ) . ']';
	}
	if ( is_array( $value ) || $value instanceof \stdClass ) {
		return json_members( in_script_order( (array) $value ), json_text( ... ) );
	}
	return is_int( $value ) || is_float( $value ) ? number_text( $value ) : json_word( $value );
}

/** Writes a text as a JSON string: only `"`, `\`, control characters and lone surrogates are escaped. */
function json_string( string $text ): string {
	$flags  = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS;
	$quoted = json_encode( $text, $flags );
	if ( false !== $quoted ) {
		return $quoted;
	}
	// The even parts are text, the odd ones a lone surrogate each; bytes that are no text at all become U+FFFD.
	$parts = preg_split( '/(\xED[\xA0-\xBF][\x80-\xBF])/', $text, -1, PREG_SPLIT_DELIM_CAPTURE );
	$body  = '';
	foreach ( $parts as $place => $part ) {
		$body .= 1 === $place % 2
			? sprintf( '\u%04x', unit_of( $part ) )
			: substr( (string) json_encode( $part, $flags | JSON_INVALID_UTF8_SUBSTITUTE ), 1, -1 );
	}
	return '"' . $body . '"';
}

/**
 * Writes members as a JSON object in the order given, each value by `$write`.
 *
 * @param callable( mixed ): string $write
 */
function json_members( array $members, callable $write ): string {
	$written = array();
	foreach ( $members as $name => $member ) {
		$written[] = json_string( (string) $name ) . ':' . $write( $member );
	}
	return '{' . implode( ',', $written ) . '}';
}

function json_word( mixed $value ): string {
	if ( is_bool( $value ) ) {
		return $value ? 'true' : 'false';
	}
	if ( null === $value ) {
		return 'null';
	}
	throw new \InvalidArgumentException(
		'[core] json_text: a value of type ' . get_debug_type( $value ) . ' is no JSON. Give text, numbers, true, false, null, arrays or \stdClass.'
	);
}

function in_script_order( array $members ): array {
	$indexes = array();
	foreach ( $members as $name => $member ) {
		if ( is_int( $name ) && $name >= 0 && $name <= MAX_INDEX ) {
			$indexes[ $name ] = $member;
		}
	}
	if ( array() === $indexes ) {
		return $members;
	}
	ksort( $indexes );
	return $indexes + $members;
}
