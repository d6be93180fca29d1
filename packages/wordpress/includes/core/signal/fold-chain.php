<?php
/**
 * Keeps for each step the chain that took it last, as array( start, end ) in seconds: of two chains the later one can be
 * gone on from whenever the earlier one can.
 *
 * Only an event that is the newest in the order is a step; a late one would need the events after it.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param array<string, mixed> $signal A signal of kind `chain`, prepared.
 * @param array<string, mixed> $state  Its state, changed in place.
 */
function fold_chain( array $signal, array &$state, Folded_Event $event ): void {
	if ( ! $event->newest ) {
		return;
	}
	take_steps( $state['chains'], $signal, $event );
	if ( ( $signal['unless'] ?? null ) === $event->name ) {
		break_chains( $state['chains'], $signal['steps'][0], $event );
	}
}

/**
 * From the last step to the first, so that an event goes on only from chains of events before it.
 *
 * @param list<array{int, int}|null> $chains Changed in place.
 * @param array<string, mixed>       $signal Prepared.
 */
function take_steps( array &$chains, array $signal, Folded_Event $event ): void {
	$gap = $signal['gap'] ?? null;
	for ( $at = count( $signal['steps'] ) - 1; $at >= 0; --$at ) {
		$step = $signal['steps'][ $at ];
		if ( $step['event'] !== $event->name ) {
			continue;
		}
		$start = $event->seconds;
		if ( $at > 0 ) {
			$before = $chains[ $at - 1 ] ?? null;
			if ( null === $before || ( null !== $gap && $event->seconds - $before[1] > $gap ) ) {
				continue;
			}
			$start = $before[0];
		}
		if ( passes_where( $step['where'], $event->properties ) ) {
			$chains[ $at ] = array( $start, $event->seconds );
		}
	}
}

/**
 * A whole chain stays, and so does one that this very event began: the event lies between no steps of them.
 *
 * @param list<array{int, int}|null> $chains Changed in place.
 * @param array<string, mixed>       $first  The first step, prepared.
 */
function break_chains( array &$chains, array $first, Folded_Event $event ): void {
	$began = $first['event'] === $event->name && passes_where( $first['where'], $event->properties );
	for ( $at = $began ? 1 : 0; $at < count( $chains ) - 1; ++$at ) {
		$chains[ $at ] = null;
	}
}
