<?php
/**
 * Filters an event's properties: property → test; all must hold. A plain value means equals; a missing or wrongly typed
 * property fails its test.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Prepares a filter of a checked ruleset. Throws \InvalidArgumentException when it is damaged.
 *
 * @param array<string|int, mixed> $where Property → plain value or test; none for a filter that all events pass.
 * @return list<array{string, string, mixed}> Property, kind of test, and what it wants.
 */
function prepare_where( array $where ): array {
	$tests = array();
	foreach ( $where as $name => $test ) {
		$prepared          = prepare_test( is_array( $test ) ? $test : array( 'is' => $test ) );
		[ $kind, $wanted ] = compile_test( $prepared );
		$tests[]           = array( (string) $name, $kind, $wanted );
	}
	return $tests;
}

/**
 * Tells whether an event's properties pass a prepared filter.
 *
 * @param list<array{string, string, mixed}> $tests Prepared.
 */
function passes_where( array $tests, \stdClass $properties ): bool {
	foreach ( $tests as [ $name, $kind, $wanted ] ) {
		if ( IS_TRUE !== test_value( $kind, $wanted, event_property( $properties, $name ) ) ) {
			return false;
		}
	}
	return true;
}
