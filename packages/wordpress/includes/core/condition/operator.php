<?php
/**
 * Prepares a test as publishing does: lists for single operands, texts folded already where `fold` is set.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The operators that are not comparators, in the order in which they are looked for. */
const VALUE_OPERATORS = array(
	'is',
	'isNot',
	'in',
	'notIn',
	'contains',
	'startsWith',
	'endsWith',
	'hasAny',
	'hasAll',
	'exists',
	'versionAtLeast',
	'versionAtMost',
);

/**
 * Throws \InvalidArgumentException for a test without an operator.
 *
 * @param array<string, mixed> $test A test of a checked ruleset.
 * @return array<string, mixed> The test as a published ruleset has it.
 */
function prepare_test( array $test ): array {
	$comparator = comparator_of( $test );
	if ( null !== $comparator ) {
		return array(
			'test'  => 'range',
			'range' => number_range( $comparator, $test[ $comparator ] ),
		);
	}
	$operator = operator_of( $test );
	if ( 'exists' === $operator ) {
		return array(
			'test'   => 'exists',
			'wanted' => true === $test['exists'],
		);
	}
	$names    = array(
		'is'    => 'in',
		'isNot' => 'notIn',
	);
	$wanted   = (array) $test[ $operator ];
	$prepared = array(
		'test'   => $names[ $operator ] ?? $operator,
		'wanted' => $wanted,
	);
	if ( true !== ( $test['ignoreCase'] ?? false ) || array() === array_filter( $wanted, is_string( ... ) ) ) {
		return $prepared;
	}
	$fold               = static fn ( mixed $item ): mixed => is_string( $item ) ? fold_case( $item ) : $item;
	$prepared['wanted'] = array_map( $fold, $wanted );
	$prepared['fold']   = true;
	return $prepared;
}

/**
 * The operator that a test carries.
 *
 * @param array<string, mixed> $test A test of a checked ruleset.
 */
function operator_of( array $test ): string {
	foreach ( VALUE_OPERATORS as $name ) {
		if ( array_key_exists( $name, $test ) ) {
			return $name;
		}
	}
	throw new \InvalidArgumentException( '[core] prepare_test: no operator. Publish the ruleset with `attune publish`.' );
}
