<?php
/**
 * Rows of a plane of a sweep: for each class of values that tests do not tell apart, which terms such a value leaves
 * standing.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** So many tests together have a row for everything that they may answer. */
const CHUNK_BITS    = 4;
const CHUNK_CLASSES = 1 << CHUNK_BITS;

/**
 * The rows of an axis that takes more than looking up, and how to find them.
 *
 * @param array<int, array<int, mixed>>       $tests  Compiled, by place.
 * @param callable( array<int, int> ): string $row_of Gives the row of answers by place.
 * @return list<mixed>
 */
function axis_rows( string $way, array $tests, callable $row_of ): array {
	switch ( $way ) {
		case 'parts':
			$kinds = \array_map( static fn( array $test ): array => array( $test[3], $test[4] ), \array_values( $tests ) );
			return array( class_rows( \array_keys( $tests ), $row_of ), $way, $kinds );
		case 'list':
			return list_rows( $tests, $row_of );
		default:
			$place = \array_key_first( $tests );
			$rows  = array();
			foreach ( array( UNKNOWN, IS_FALSE, IS_TRUE ) as $answer ) {
				$rows[ $answer ] = $row_of( array( $place => $answer ) );
			}
			return array( $rows, $way, array( $tests[ $place ][3], $tests[ $place ][4] ) );
	}
}

/**
 * Rows by text.
 *
 * @param array<int, array<int, mixed>> $tests    Compiled, by place.
 * @param callable( mixed ): string     $of_value Gives the row of a value.
 * @return array<string, string>
 */
function text_rows( array $tests, callable $of_value ): array {
	$rows = array();
	foreach ( $tests as $test ) {
		foreach ( \is_array( $test[4] ) ? \array_keys( $test[4] ) : array( $test[4] ) as $text ) {
			$rows[ $text ] ??= $of_value( (string) $text );
		}
	}
	return $rows;
}

/**
 * Ascending numbers at which some answer changes, each before the row of what lies below it and not below the one before.
 *
 * @param array<int, array<int, mixed>> $tests    Compiled, by place.
 * @param callable( mixed ): string     $of_value Gives the row of a value.
 * @return list<int|float|string>
 */
function number_rows( array $tests, callable $of_value ): array {
	$marks = array( ENDLESS );
	foreach ( $tests as list( , , , $kind, $wanted ) ) {
		foreach ( $wanted as $end => $number ) {
			if ( ENDLESS === $number || -ENDLESS === $number ) {
				continue;
			}
			// Up to a number is below the next that a double can hold.
			if ( 'range' !== $kind || 0 === $end ) {
				$marks[] = $number;
			}
			if ( 'range' !== $kind || 1 === $end ) {
				$marks[] = next_up( (float) $number );
			}
		}
	}
	\sort( $marks );
	$rows = array();
	$from = -MAX_NUMBER;
	// Not told apart by their texts, which say the same of neighbouring doubles.
	foreach ( \array_unique( $marks, SORT_REGULAR ) as $mark ) {
		$rows[] = $mark;
		$rows[] = $of_value( $from );
		$from   = $mark;
	}
	return $rows;
}

/**
 * For every few bits the rows of all that they may say, and the bits by text.
 *
 * @param array<int, array<int, mixed>>       $tests  Of lists, compiled, by place.
 * @param callable( array<int, int> ): string $row_of Gives the row of answers by place.
 * @return array{list<list<string>>, string, array<string, int>}
 */
function list_rows( array $tests, callable $row_of ): array {
	$bits = array();
	foreach ( \array_values( $tests ) as $bit => $test ) {
		foreach ( $test[4] as $text ) {
			$bits[ $text ] = ( $bits[ $text ] ?? 0 ) | 1 << $bit;
		}
	}
	$rows = array();
	foreach ( \array_chunk( \array_keys( $tests ), CHUNK_BITS ) as $places ) {
		$rows[] = class_rows( $places, $row_of );
	}
	return array( $rows, 'list', $bits );
}

/**
 * Rows by class: a bit for each test that is passed.
 *
 * @param list<int>                           $places Of the tests, at most `CHUNK_BITS`.
 * @param callable( array<int, int> ): string $row_of Gives the row of answers by place.
 * @return list<string>
 */
function class_rows( array $places, callable $row_of ): array {
	$rows = array();
	for ( $class = 0; $class < 1 << \count( $places ); ++$class ) {
		$answers = array();
		foreach ( $places as $bit => $place ) {
			$answers[ $place ] = $class >> $bit & 1;
		}
		$rows[] = $row_of( $answers );
	}
	return $rows;
}

/**
 * The row that answers leave: terms that need others are struck out.
 *
 * @param array<int, int>                        $answers By place of a test.
 * @param array<int, list<array{int, int, int}>> $needed  By place of a test.
 */
function strike_out( array $answers, array $needed, int $width ): string {
	$row = \str_repeat( \chr( ALL_STANDING ), $width );
	foreach ( $answers as $place => $answer ) {
		foreach ( $needed[ $place ] as list( $byte, $bit, $wanted ) ) {
			if ( $answer !== $wanted ) {
				$row[ $byte ] = \chr( \ord( $row[ $byte ] ) & ~$bit );
			}
		}
	}
	return $row;
}
