<?php
/**
 * Answers all conditions on values alone at once: each value strikes out the terms that it does not fit, and a formula with
 * a term left standing is true. Reading forty values so costs less than asking three hundred tests.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** With fewer formulas, or asked for fewer of them, one test after another is faster. */
const FEW_FORMULAS = 12;

/** Truth by the digit of a formula. */
const SWEPT = array( UNKNOWN, IS_TRUE, IS_FALSE );

/**
 * Sweeps for a question, once: a digit for each formula, which `SWEPT` reads.
 */
function sweep( Scope $scope ): string {
	if ( '' !== $scope->swept ) {
		return $scope->swept;
	}
	$trues = sweep_trues( $scope );
	if ( ! $scope->is_partial ) {
		// What is not true is false where every value was known …
		return $scope->swept = \strtr( $trues, '0', '2' );
	}
	// … else the terms that make false must say so.
	$falses = sweep_plane( $scope, $scope->compiled['sweep']['false'], $scope->compiled['sweep']['digits'] );
	return $scope->swept = $trues | \strtr( $falses, '1', '2' );
}

/**
 * Sweeps for what is true alone, once: `1` for each formula that is, else `0`.
 */
function sweep_trues( Scope $scope ): string {
	if ( '' === $scope->trues ) {
		$scope->trues = sweep_plane( $scope, $scope->compiled['sweep']['true'], $scope->compiled['sweep']['digits'] );
	}
	return $scope->trues;
}

/**
 * Which formulas have a term standing: `1`, else `0`. The usual ways of finding a row stand here, since to call a function
 * takes as long as to find one.
 *
 * @param array<string, mixed>  $plane  Of `compile_plane`.
 * @param array<string, string> $digits By byte.
 */
function sweep_plane( Scope $scope, array $plane, array $digits ): string {
	$standing = $plane['base'];
	foreach ( $plane['groups'] as $group ) {
		$members = 0 === ( $group['needs'] & $scope->denied ) ? group_members( $scope, $group['source'], $group['group'] ) : array();
		foreach ( $group['texts'] as $name => $rows ) {
			$value = $members[ $name ] ?? null;
			if ( \is_string( $value ) ) {
				$standing &= $rows[ $value ] ?? $group['otherTexts'][ $name ];
			} else {
				$standing         &= $group['noTexts'][ $name ];
				$scope->is_partial = true;
			}
		}
		foreach ( $group['numbers'] as $name => $rows ) {
			$value = $members[ $name ] ?? null;
			if ( ( \is_int( $value ) || \is_float( $value ) ) && $value >= -MAX_NUMBER && $value <= MAX_NUMBER ) {
				$at = 1;
				while ( $value >= $rows[ $at ] ) {
					$at += 2;
				}
				$standing &= $rows[ $at + 1 ];
			} else {
				$standing         &= $rows[0];
				$scope->is_partial = true;
			}
		}
		foreach ( $group['flags'] as $name => $rows ) {
			$value = $members[ $name ] ?? null;
			if ( \is_bool( $value ) ) {
				$standing &= $rows[ (int) $value ];
			} else {
				$standing         &= $rows[2];
				$scope->is_partial = true;
			}
		}
		foreach ( $group['others'] as list( $name, $axis ) ) {
			$standing = sweep_axis( $scope, $standing, $axis, $members[ $name ] ?? null, 0 !== ( $group['needs'] & $scope->denied ) );
		}
	}
	$joined = '';
	foreach ( $plane['layers'] as list( $from, $length ) ) {
		$joined |= \substr( $standing, $from, $length );
	}
	$written = '';
	foreach ( \str_split( $joined ) as $byte ) {
		$written .= $digits[ $byte ];
	}
	return $written;
}

/**
 * The members of a group of the context, of the context itself or of the traits.
 *
 * @return array<string, mixed>
 */
function group_members( Scope $scope, string $source, string $group ): array {
	switch ( $source ) {
		case 'group':
			$members = $scope->context->{$group} ?? null;
			return $members instanceof \stdClass ? (array) $members : array();
		case 'context':
			return (array) $scope->context;
		case 'trait':
			return (array) $scope->profile->traits;
		default:
			return array();
	}
}

/**
 * Strikes out what a value does not fit, where finding its row takes more than looking it up.
 *
 * @param array<int, mixed> $axis  Row of the wrong type, rows, how to find them and what that needs.
 * @param mixed             $value null for a missing one.
 */
function sweep_axis( Scope $scope, string $standing, array $axis, mixed $value, bool $is_denied ): string {
	list( $unknown, $rows, $way, $tests ) = $axis;
	if ( 'parts' === $way && \is_string( $value ) ) {
		return $standing & $rows[ class_of_parts( $tests, $value ) ];
	}
	if ( 'list' === $way && is_text_list( $value ) ) {
		return sweep_list( $standing, $rows, $tests, $value );
	}
	if ( 'each' === $way && ! $is_denied ) {
		$answer = test_value( $tests[0], $tests[1], $value );

		$scope->is_partial = $scope->is_partial || UNKNOWN === $answer;
		return $standing & $rows[ $answer ];
	}
	$scope->is_partial = true;
	return $standing & $unknown;
}

/**
 * The class of a text by its parts: a bit for each test that it passes.
 *
 * @param list<array{string, string}> $tests Kind and what it wants.
 */
function class_of_parts( array $tests, string $value ): int {
	$class = 0;
	foreach ( $tests as $bit => list( $kind, $wanted ) ) {
		if ( 'contains' === $kind ? \str_contains( $value, $wanted ) : 1 === test_value( $kind, $wanted, $value ) ) {
			$class |= 1 << $bit;
		}
	}
	return $class;
}

/**
 * Strikes out what a list of text does not fit.
 *
 * @param list<list<string>>   $rows  For every few bits.
 * @param array<string, int>   $bits  Of the tests that an item passes.
 * @param list<string>         $items Of the list.
 */
function sweep_list( string $standing, array $rows, array $bits, array $items ): string {
	$class = 0;
	foreach ( $items as $item ) {
		$class |= $bits[ $item ] ?? 0;
	}
	foreach ( $rows as $some ) {
		$standing &= $some[ $class & CHUNK_CLASSES - 1 ];
		$class   >>= CHUNK_BITS;
	}
	return $standing;
}
