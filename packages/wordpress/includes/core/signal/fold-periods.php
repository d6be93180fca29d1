<?php
/**
 * Notes the periods (indexes since 1970, newest first) in which events happened.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param array<string, mixed> $signal A signal of kind `periods`.
 * @param array<string, mixed> $state  Its state, changed in place.
 */
function fold_periods( array $signal, array &$state, Folded_Event $event ): void {
	note_period( $state['periods'], period_of( $signal['period'], $event->seconds ) );
}

/**
 * Notes a period in place; those too far behind the newest are dropped.
 *
 * @param list<int> $periods Newest first.
 */
function note_period( array &$periods, int $index ): void {
	$at = 0;
	while ( isset( $periods[ $at ] ) && $periods[ $at ] > $index ) {
		++$at;
	}
	if ( ( $periods[ $at ] ?? null ) === $index ) {
		return;
	}
	array_splice( $periods, $at, 0, array( $index ) );
	while ( $periods[ count( $periods ) - 1 ] <= $periods[0] - MAX_PERIODS ) {
		array_pop( $periods );
	}
}
