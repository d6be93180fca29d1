<?php
/**
 * The axes of a plane of a sweep: all tests of a field whose values are told apart in the same way. What is looked at together
 * stands together: a request finds nothing of it in the processor's own memory.
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
