<?php
/**
 * Rows of a plane of a sweep: for each class of values that tests do not tell apart, which terms such a value leaves
 * standing.
 *
 * All tests of a field that are told apart in the same way are an axis: a list of the row of a missing value or one of the
 * wrong type, the rows, and how to find them.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** How to find the row of a value, by kind of test; in other kinds each test is asked. */
const SWEEP_WAYS = array(
	'isText'       => 'texts',
	'isNotText'    => 'texts',
	'inTexts'      => 'texts',
	'notInTexts'   => 'texts',
	'isFlag'       => 'flags',
	'range'        => 'numbers',
	'inNumbers'    => 'numbers',
	'notInNumbers' => 'numbers',
	'contains'     => 'parts',
	'startsWith'   => 'parts',
	'endsWith'     => 'parts',
	'hasAny'       => 'list',
);

/** So many tests together have a row for everything that they may answer. */
const CHUNK_BITS    = 4;
const CHUNK_CLASSES = 1 << CHUNK_BITS;

/** So many tests of a list are asked together, a bit of a whole number each. */
const MAX_LIST_TESTS = 60;

/**
 * The axes of a plane, by the group in which their fields stand.
 *
 * @param list<array<int, mixed>>                  $nodes  Compiled.
 * @param list<array{int, string, string, string}> $fields By number, where values are read.
 * @param array<int, list<array{int, int, int}>>   $needed By place of a test: byte, bit, and the answer that keeps it standing.
 * @param int                                      $width  Bytes of a row.
 * @return list<array<string, mixed>>
 */
function sweep_groups( array $nodes, array $fields, array $needed, int $width ): array {
	$row_of = static fn( array $answers ): string => strike_out( $answers, $needed, $width );
	$groups = array();
	foreach ( sweep_chunks( $nodes, \array_keys( $needed ) ) as list( $way, $tests ) ) {
		list( , $needs, $field )          = \reset( $tests );
		list( , $source, $group, $name ) = $fields[ $field ];

		$unknown = $row_of( \array_fill_keys( \array_keys( $tests ), UNKNOWN ) );
		$axis    = array( $unknown, ...axis_rows( $way, $tests, $row_of ) );

		$groups[ "{$needs} {$source} {$group}" ] ??= array(
			'needs'   => $needs,
			'source'  => $source,
			'group'   => $group,
			'texts'   => array(),
			'numbers' => array(),
			'flags'   => array(),
			'others'  => array(),
		);

		if ( \in_array( $way, array( 'texts', 'numbers', 'flags' ), true ) ) {
			$groups[ "{$needs} {$source} {$group}" ][ $way ][ $name ] = $axis;
		} else {
			$groups[ "{$needs} {$source} {$group}" ]['others'][] = array( $name, $axis );
		}
	}
	return \array_values( $groups );
}

/**
 * The tests of each axis, and its way.
 *
 * @param list<array<int, mixed>> $nodes  Compiled.
 * @param list<int>               $places Of the tests.
 * @return list<array{string, array<int, array<int, mixed>>}>
 */
function sweep_chunks( array $nodes, array $places ): array {
	$groups = array();
	foreach ( $places as $place ) {
		list( , $needs, $field, $kind ) = $nodes[ $place ];

		$way = SWEEP_WAYS[ $kind ] ?? 'each';

		$groups[ "{$way} {$needs} {$field}" ][ $place ] = $nodes[ $place ];
	}
	$sizes  = array(
		'each'  => 1,
		'parts' => CHUNK_BITS,
		'list'  => MAX_LIST_TESTS,
	);
	$chunks = array();
	foreach ( $groups as $key => $tests ) {
		$way = \explode( ' ', $key )[0];
		foreach ( \array_chunk( $tests, $sizes[ $way ] ?? \count( $tests ), true ) as $chunk ) {
			$chunks[] = array( $way, $chunk );
		}
	}
	return $chunks;
}

/**
 * The rows of an axis, and how to find them.
 *
 * @param array<int, array<int, mixed>>       $tests  Compiled, by place.
 * @param callable( array<int, int> ): string $row_of Gives the row of answers by place.
 * @return list<mixed>
 */
function axis_rows( string $way, array $tests, callable $row_of ): array {
	$of_value = static fn( mixed $value ): string => $row_of(
		\array_map( static fn( array $test ): int => test_value( $test[3], $test[4], $value ), $tests )
	);
	switch ( $way ) {
		case 'texts':
			return text_rows( $tests, $of_value );
		case 'numbers':
			return number_rows( $tests, $of_value );
		case 'flags':
			return array( array( $of_value( false ), $of_value( true ) ) );
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
 * Rows by text, and of any other text.
 *
 * @param array<int, array<int, mixed>> $tests    Compiled, by place.
 * @param callable( mixed ): string     $of_value Gives the row of a value.
 * @return array{array<string, string>, string}
 */
function text_rows( array $tests, callable $of_value ): array {
	$rows = array();
	foreach ( $tests as $test ) {
		foreach ( \is_array( $test[4] ) ? \array_keys( $test[4] ) : array( $test[4] ) as $text ) {
			$rows[ $text ] ??= $of_value( (string) $text );
		}
	}
	// Longer than all of them together, it is none of them.
	return array( $rows, $of_value( \implode( '', \array_keys( $rows ) ) . '.' ) );
}

/**
 * Rows of what lies below all marks and from each of them on, and the marks, ascending.
 *
 * @param array<int, array<int, mixed>> $tests    Compiled, by place.
 * @param callable( mixed ): string     $of_value Gives the row of a value.
 * @return array{list<string>, list<int|float>}
 */
function number_rows( array $tests, callable $of_value ): array {
	$marks = array();
	foreach ( $tests as list( , , , $kind, $wanted ) ) {
		foreach ( $wanted as $end => $number ) {
			// Up to a number is below the next that a double can hold.
			if ( ENDLESS !== $number && -ENDLESS !== $number ) {
				$marks[] = 'range' === $kind && 1 === $end ? next_up( (float) $number ) : $number;
			}
			if ( 'range' !== $kind ) {
				$marks[] = next_up( (float) $number );
			}
		}
	}
	\sort( $marks );
	// Not by their texts, which say the same of neighbouring doubles.
	$marks = \array_values( \array_unique( $marks, SORT_REGULAR ) );
	return array( array( $of_value( -MAX_NUMBER ), ...\array_map( $of_value, $marks ) ), $marks );
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
