<?php
/**
 * Counts, or takes of a property: over everything that ever happened, or in the bucket of each event.
 *
 * Amounts are whole ten-thousandths; a value that is no usable number is left out and counted as `skipped`.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param array<string, mixed> $signal A signal of kind `total`.
 * @param array<string, mixed> $state  Its state, changed in place.
 */
function fold_total( array $signal, array &$state, Folded_Event $event ): void {
	$amount = taken_of( $signal, $event );
	if ( false === $amount ) {
		$state['skipped'] = ( $state['skipped'] ?? 0 ) + 1;
	} elseif ( null !== $amount ) {
		$state['total'] = take_into( $signal['take'] ?? null, $state['total'], $amount );
	}
}

/**
 * @param array<string, mixed> $signal A signal of kind `ring`.
 * @param array<string, mixed> $state  Its state, changed in place.
 */
function fold_ring( array $signal, array &$state, Folded_Event $event ): void {
	$amount = taken_of( $signal, $event );
	if ( false === $amount ) {
		$state['skipped'] = ( $state['skipped'] ?? 0 ) + 1;
	} elseif ( null !== $amount ) {
		$index = floor_divide( $event->seconds, $signal['bucket'] );
		add_to_ring( $state['buckets'], $index, $amount, $signal['take'] ?? null );
	}
}

/**
 * What an event adds; null and false as `amount_of` has them.
 *
 * @param array<string, mixed> $signal A signal that counts or takes.
 */
function taken_of( array $signal, Folded_Event $event ): int|false|null {
	if ( ! isset( $signal['take'], $signal['of'] ) ) {
		return 1;
	}
	$amount = amount_of( event_property( $event->properties, $signal['of'] ) );
	return 'number' === $signal['take'] && is_int( $amount ) ? 1 : $amount;
}
