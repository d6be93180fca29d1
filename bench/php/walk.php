<?php
/**
 * What a site does without us: the ruleset is decoded from JSON at every request, and its conditions are walked.
 */

declare( strict_types=1 );

/**
 * The variant of each placement: that of the first experience whose audience matches.
 *
 * @return array<string, string>
 */
function walk_placements( \stdClass $ruleset, \stdClass $context ): array {
	$shown = array();
	foreach ( $ruleset->placements as $name => $placement ) {
		$shown[ $name ] = $placement->baseline;
		foreach ( $ruleset->experiences as $experience ) {
			if ( $experience->placement === $name && walk( $ruleset, $experience->audience, $context ) ) {
				$shown[ $name ] = $experience->allocation[0]->variant;
				break;
			}
		}
	}
	return $shown;
}

function walk( \stdClass $ruleset, \stdClass $condition, \stdClass $context ): bool {
	if ( isset( $condition->segment ) ) {
		return walk( $ruleset, $ruleset->segments->{$condition->segment}->when, $context );
	}
	if ( isset( $condition->all ) ) {
		foreach ( $condition->all as $child ) {
			if ( ! walk( $ruleset, $child, $context ) ) {
				return false;
			}
		}
		return true;
	}
	if ( isset( $condition->any ) ) {
		foreach ( $condition->any as $child ) {
			if ( walk( $ruleset, $child, $context ) ) {
				return true;
			}
		}
		return false;
	}
	if ( isset( $condition->not ) ) {
		return ! walk( $ruleset, $condition->not, $context );
	}
	return walk_test( $condition, $context );
}

function walk_test( \stdClass $condition, \stdClass $context ): bool {
	$parts = explode( '.', $condition->attr, 2 );
	$value = $context->{$parts[0]} ?? null;
	if ( isset( $parts[1] ) ) {
		$value = $value->{$parts[1]} ?? null;
	}
	foreach ( $condition as $operator => $operand ) {
		switch ( $operator ) {
			case 'is':
				return $value === $operand;
			case 'isNot':
				return $value !== $operand;
			case 'in':
				return in_array( $value, $operand, true );
			case 'notIn':
				return ! in_array( $value, $operand, true );
			case 'contains':
				return str_contains( $value, $operand );
			case 'hasAny':
				return array() !== array_intersect( $operand, $value );
			case 'atLeast':
				return $value >= $operand;
			case 'moreThan':
				return $value > $operand;
			case 'lessThan':
				return $value < $operand;
			case 'atMost':
				return $value <= $operand;
		}
	}
	return false;
}
