<?php
/**
 * Rows of a plane of a sweep: for each class of values that tests do not tell apart, which terms such a value leaves
 * standing.
 *
 * All tests of a field whose values are told apart in the same way are an axis. What is looked at together stands together:
 * a request finds nothing of it in the processor's own memory.
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

		$groups[ "{$needs} {$source} {$group}" ] ??= array(
			'needs'      => $needs,
			'source'     => $source,
			'group'      => $group,
			'texts'      => array(),
			'otherTexts' => array(),
			'noTexts'    => array(),
			'numbers'    => array(),
			'flags'      => array(),
			'others'     => array(),
		);

		$unknown = $row_of( \array_fill_keys( \array_keys( $tests ), UNKNOWN ) );
		add_axis( $groups[ "{$needs} {$source} {$group}" ], $way, $name, $tests, $row_of, $unknown );
	}
	return \array_values( $groups );
}

/**
 * Adds an axis to its group.
 *
 * Rows of texts stand by text, beside those of any other text and of what is none. Rows of numbers stand in one list, after
 * that of no number: each behind the number below which it ends. Rows of flags are those of false, true and neither.
 *
 * @param array<string, mixed>                $group   Grows.
 * @param array<int, array<int, mixed>>       $tests   Compiled, by place.
 * @param callable( array<int, int> ): string $row_of  Gives the row of answers by place.
 * @param string                              $unknown The row of a missing value or one of the wrong type.
 */
function add_axis( array &$group, string $way, string $name, array $tests, callable $row_of, string $unknown ): void {
	$of_value = static fn( mixed $value ): string => $row_of(
		\array_map( static fn( array $test ): int => test_value( $test[3], $test[4], $value ), $tests )
	);
	switch ( $way ) {
		case 'texts':
			$group['texts'][ $name ] = text_rows( $tests, $of_value );
			// Longer than all of them together, it is none of them.
			$group['otherTexts'][ $name ] = $of_value( \implode( '', \array_keys( $group['texts'][ $name ] ) ) . '.' );
			$group['noTexts'][ $name ]    = $unknown;
			break;
		case 'numbers':
			$group['numbers'][ $name ] = array( $unknown, ...number_rows( $tests, $of_value ) );
			break;
		case 'flags':
			$group['flags'][ $name ] = array( $of_value( false ), $of_value( true ), $unknown );
			break;
		default:
			$group['others'][] = array( $name, array( $unknown, ...axis_rows( $way, $tests, $row_of ) ) );
	}
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
