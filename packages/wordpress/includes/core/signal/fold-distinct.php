<?php
/**
 * Keeps the most recent different values; text, numbers and booleans count, and `"1"` differs from `1`.
 *
 * An entry is array( value, last second ); entries stand newest first.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The most different values that are kept. */
const MAX_DISTINCT = 32;

/**
 * @param array<string, mixed> $signal A signal of kind `distinct`.
 * @param array<string, mixed> $state  Its state, changed in place.
 */
function fold_distinct( array $signal, array &$state, Folded_Event $event ): void {
	$value = event_property( $event->properties, $signal['of'] );
	if ( is_string( $value ) || is_bool( $value ) || is_number( $value ) ) {
		note_value( $state['values'], array( $value, $event->seconds ) );
	}
}

/**
 * Notes a value's time in place, the newest of its times staying.
 *
 * @param list<array{string|int|float|bool|null, int}> $values Newest first.
 * @param array{string|int|float|bool|null, int}       $entry  Value and second.
 */
function note_value( array &$values, array $entry ): void {
	foreach ( $values as $place => $known ) {
		if ( $known[0] === $entry[0] ) {
			if ( $known[1] >= $entry[1] ) {
				return;
			}
			array_splice( $values, $place, 1 );
			break;
		}
	}
	$at = 0;
	while ( isset( $values[ $at ] ) && compare_entries( $values[ $at ], $entry ) < 0 ) {
		++$at;
	}
	if ( $at >= MAX_DISTINCT ) {
		return;
	}
	if ( count( $values ) === MAX_DISTINCT ) {
		array_pop( $values );
	}
	array_splice( $values, $at, 0, array( $entry ) );
}

/**
 * Newest first. Any fixed order will do among values of one second, as long as every language has the same.
 *
 * @param array{string|int|float|bool|null, int} $a An entry.
 * @param array{string|int|float|bool|null, int} $b Another.
 */
function compare_entries( array $a, array $b ): int {
	if ( $a[1] !== $b[1] ) {
		return $b[1] <=> $a[1];
	}
	[ $one, $other ] = array( type_name( $a[0] ), type_name( $b[0] ) );
	if ( $one !== $other ) {
		return strcmp( $one, $other );
	}
	return is_string( $a[0] ) ? strcmp( $a[0], $b[0] ) : $a[0] <=> $b[0];
}

/**
 * A value's type by the name that TypeScript has for it.
 */
function type_name( mixed $value ): string {
	if ( is_bool( $value ) ) {
		return 'boolean';
	}
	if ( is_string( $value ) ) {
		return 'string';
	}
	return null === $value ? 'object' : 'number';
}
