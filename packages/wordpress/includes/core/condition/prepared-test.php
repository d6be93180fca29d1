<?php
/**
 * Tests of one value, as publishing prepares them: `{ test, range | wanted, fold? }`, lists for single operands, texts
 * folded already where `fold` is set. Compiling chooses a kind of test that needs no further look at the wanted value.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** Numbers lie within plus and minus this: what a double holds exactly. */
const MAX_NUMBER = 9_007_199_254_740_991;

/** Past every number, for the end of a range that has none. */
const ENDLESS = PHP_INT_MAX;

/**
 * Compiles a prepared test.
 *
 * @param array<string, mixed> $prepared Its members.
 * @return array{string, mixed} The kind of test, and what it wants.
 * @throws \InvalidArgumentException When it is none.
 */
function compile_test( array $prepared ): array {
	$test   = $prepared['test'] ?? null;
	$wanted = $prepared['wanted'] ?? null;
	if ( 'range' === $test ) {
		return array( 'range', ends_of( $prepared['range'] ?? null ) );
	}
	if ( 'exists' === $test && \is_bool( $wanted ) ) {
		return array( 'exists', $wanted );
	}
	if ( ! \is_string( $test ) || ! \is_array( $wanted ) || ! isset( $wanted[0] ) || ! \array_is_list( $wanted ) ) {
		throw new \InvalidArgumentException( 'a test is { test, wanted }, with a list of what is wanted' );
	}
	$compiled = compile_operator( $test, $wanted );
	return true === ( $prepared['fold'] ?? null ) ? array( 'fold', $compiled ) : $compiled;
}

/**
 * The ends of a range as numbers that compare.
 *
 * @return array{int|float, int|float} Both included.
 * @throws \InvalidArgumentException When it is no range.
 */
function ends_of( mixed $range ): array {
	if ( ! \is_array( $range ) || array( 0, 1 ) !== \array_keys( $range ) ) {
		throw new \InvalidArgumentException( 'a range is a list of the least and the greatest' );
	}
	foreach ( $range as $end ) {
		if ( null !== $end && ! is_number( $end ) ) {
			throw new \InvalidArgumentException( 'the ends of a range are numbers or null' );
		}
	}
	return array( $range[0] ?? -ENDLESS, $range[1] ?? ENDLESS );
}

/**
 * Compiles an operator on a list of what is wanted.
 *
 * @param list<mixed> $wanted At least one.
 * @return array{string, mixed}
 * @throws \InvalidArgumentException When there is no such operator on such a list.
 */
function compile_operator( string $operator, array $wanted ): array {
	if ( 'in' === $operator || 'notIn' === $operator ) {
		return compile_one_of( $wanted, 'in' === $operator );
	}
	if ( \array_filter( $wanted, \is_string( ... ) ) !== $wanted ) {
		throw new \InvalidArgumentException( "{$operator} wants texts" );
	}
	switch ( $operator ) {
		case 'contains':
		case 'startsWith':
		case 'endsWith':
		case 'versionAtLeast':
		case 'versionAtMost':
			return array( $operator, $wanted[0] );
		case 'hasAny':
		case 'hasAll':
			return array( $operator, $wanted );
		default:
			throw new \InvalidArgumentException( "{$operator} is no test" );
	}
}

/**
 * Compiles membership. What counts is of the type of the first; a value of another type is unknown.
 *
 * @param list<mixed> $wanted At least one.
 * @return array{string, mixed}
 * @throws \InvalidArgumentException When the first is no text, number, true or false.
 */
function compile_one_of( array $wanted, bool $is_in ): array {
	$first = $wanted[0];
	if ( \is_string( $first ) ) {
		$texts = \array_filter( $wanted, \is_string( ... ) );
		if ( 1 === \count( $wanted ) ) {
			return array( $is_in ? 'isText' : 'isNotText', $first );
		}
		return array( $is_in ? 'inTexts' : 'notInTexts', \array_fill_keys( $texts, true ) );
	}
	if ( \is_bool( $first ) ) {
		$flags = \array_filter( $wanted, \is_bool( ... ) );
		// Of two values, to be none of these is to be one of the others.
		return array( 'isFlag', array( \in_array( false, $flags, true ) === $is_in, \in_array( true, $flags, true ) === $is_in ) );
	}
	if ( ! is_number( $first ) ) {
		throw new \InvalidArgumentException( 'what is wanted is text, a number, true or false' );
	}
	return array( $is_in ? 'inNumbers' : 'notInNumbers', \array_values( \array_filter( $wanted, is_number( ... ) ) ) );
}

/**
 * How a value stands to a compiled test: 1, 0, or −1 when it is missing or of the wrong type (`exists` always knows).
 * null and an object are the same as missing.
 *
 * @param string $kind   The kind of test.
 * @param mixed  $wanted What it wants.
 */
function test_value( string $kind, mixed $wanted, mixed $value ): int {
	switch ( $kind ) {
		case 'isText':
			return $value === $wanted ? 1 : ( \is_string( $value ) ? 0 : -1 );
		case 'isNotText':
			return $value === $wanted ? 0 : ( \is_string( $value ) ? 1 : -1 );
		case 'inTexts':
			return \is_string( $value ) ? ( isset( $wanted[ $value ] ) ? 1 : 0 ) : -1;
		case 'notInTexts':
			return \is_string( $value ) ? ( isset( $wanted[ $value ] ) ? 0 : 1 ) : -1;
		case 'isFlag':
			return \is_bool( $value ) ? (int) $wanted[ (int) $value ] : -1;
		case 'range':
			return is_number( $value ) ? ( $value >= $wanted[0] && $value <= $wanted[1] ? 1 : 0 ) : -1;
		case 'inNumbers':
			// phpcs:ignore WordPress.PHP.StrictInArray.FoundNonStrictFalse -- 1 equals 1.0; both sides are numbers.
			return is_number( $value ) ? ( \in_array( $value, $wanted, false ) ? 1 : 0 ) : -1;
		case 'notInNumbers':
			// phpcs:ignore WordPress.PHP.StrictInArray.FoundNonStrictFalse -- 1 equals 1.0; both sides are numbers.
			return is_number( $value ) ? ( \in_array( $value, $wanted, false ) ? 0 : 1 ) : -1;
		case 'contains':
			return \is_string( $value ) ? ( \str_contains( $value, $wanted ) ? 1 : 0 ) : -1;
		case 'startsWith':
			return \is_string( $value ) ? ( \str_starts_with( $value, $wanted ) ? 1 : 0 ) : -1;
		case 'endsWith':
			return \is_string( $value ) ? ( \str_ends_with( $value, $wanted ) ? 1 : 0 ) : -1;
		case 'hasAny':
			return is_text_list( $value ) ? ( array() !== \array_intersect( $wanted, $value ) ? 1 : 0 ) : -1;
		case 'hasAll':
			return is_text_list( $value ) ? ( array() === \array_diff( $wanted, $value ) ? 1 : 0 ) : -1;
		case 'exists':
			return ( null !== $value && ! \is_object( $value ) ) === $wanted ? 1 : 0;
		case 'fold':
			return test_value( $wanted[0], $wanted[1], fold_value( $value ) );
		default:
			return test_version( $kind, $wanted, $value );
	}
}

/** How a value stands to the bound of `versionAtLeast` or `versionAtMost`. */
function test_version( string $kind, string $bound, mixed $value ): int {
	$order = \is_string( $value ) ? compare_versions( $value, $bound ) : null;
	if ( null === $order ) {
		return UNKNOWN;
	}
	return ( 'versionAtLeast' === $kind ? $order >= 0 : $order <= 0 ) ? IS_TRUE : IS_FALSE;
}

/** Tells whether a value is a number of the language. */
function is_number( mixed $value ): bool {
	return ( \is_int( $value ) || \is_float( $value ) ) && $value >= -MAX_NUMBER && $value <= MAX_NUMBER;
}

/** Tells whether a value is a list of nothing but text. */
function is_text_list( mixed $value ): bool {
	if ( ! \is_array( $value ) ) {
		return false;
	}
	foreach ( $value as $item ) {
		if ( ! \is_string( $item ) ) {
			return false;
		}
	}
	return true;
}

/** Folds A–Z to a–z and nothing else, whatever the locale. */
function fold_case( string $text ): string {
	return \strtr( $text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz' );
}

/** Folds a text, or the elements of a list of text; another value is left as it is. */
function fold_value( mixed $value ): mixed {
	if ( \is_string( $value ) ) {
		return fold_case( $value );
	}
	return is_text_list( $value ) ? \array_map( fold_case( ... ), $value ) : $value;
}
