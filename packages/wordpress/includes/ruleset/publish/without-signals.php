<?php
/**
 * The signal plan of what is left of a published ruleset: what was watched for conditions that were taken out would tell of them.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The members of leaves that are slots of the plan. */
const SLOTS = array( 'slot', 'sum', 'number', 'begun', 'finished', 'last' );

/**
 * Takes out the signals that no node needs, and renumbers the slots.
 *
 * @param \stdClass $ruleset As it was published and checked; is changed.
 */
function without_signals( \stdClass $ruleset ): \stdClass {
	$needed = array();
	foreach ( $ruleset->nodes as $node ) {
		map_slots(
			$node,
			static function ( int $slot ) use ( &$needed ): int {
				$needed[ $slot ] = true;
				return $slot;
			}
		);
	}
	ksort( $needed );
	$plan = $ruleset->plan;
	if ( count( $needed ) === count( $plan->signals ) ) {
		return $ruleset;
	}
	$moved         = array_flip( array_keys( $needed ) );
	$plan->keys    = array_values( array_intersect_key( $plan->keys, $needed ) );
	$plan->signals = array_values( array_intersect_key( $plan->signals, $needed ) );
	// As publishing names plans: equal ones have equal ids.
	$plan->id = base_convert( (string) Core\murmur3( Core\canonical_json( $plan->signals ) ), 10, 36 );
	foreach ( $ruleset->nodes as $node ) {
		map_slots( $node, static fn ( int $slot ): int => $moved[ $slot ] );
	}
	return $ruleset;
}

/**
 * Changes the slots of one node.
 *
 * @param callable( int ): int $map Slot → slot.
 */
function map_slots( \stdClass $node, callable $map ): void {
	// `last` of a touch is a text, and `of` of others a list.
	foreach ( SLOTS as $name ) {
		if ( is_int( $node->{$name} ?? null ) ) {
			$node->{$name} = $map( $node->{$name} );
		}
	}
	foreach ( array( 'frequency', 'monetary' ) as $name ) {
		if ( ( $node->{$name} ?? null ) instanceof \stdClass ) {
			$node->{$name}->slot = $map( $node->{$name}->slot );
		}
	}
}
