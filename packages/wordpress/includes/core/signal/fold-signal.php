<?php
/**
 * What a signal listens to, and how an event changes its state.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * The names of the events that a signal listens to, each once; null: every event.
 *
 * @param array<string, mixed> $signal A signal of a compiled plan.
 * @return list<string>|null
 */
function events_of( array $signal ): ?array {
	switch ( $signal['kind'] ) {
		case 'interest':
			return array_keys( $signal['points'] );
		case 'score':
			return array_values( array_unique( array_column( $signal['points'], 'event' ) ) );
		case 'chain':
			$names = array_column( $signal['steps'], 'event' );
			if ( isset( $signal['unless'] ) ) {
				$names[] = $signal['unless'];
			}
			return array_values( array_unique( $names ) );
		case 'touch':
			return null;
		default:
			return array( $signal['event'] );
	}
}

/**
 * Prepares the filters that a signal's own steps or points have; the filter of the whole is asked before.
 *
 * @param array<string, mixed> $signal A signal of a compiled plan.
 * @return array<string, mixed>
 */
function prepare_fold( array $signal ): array {
	$parts = array(
		'score' => 'points',
		'chain' => 'steps',
	);
	$part  = $parts[ $signal['kind'] ] ?? null;
	if ( null !== $part ) {
		foreach ( $signal[ $part ] as $place => $entry ) {
			$signal[ $part ][ $place ]['where'] = prepare_where( $entry['where'] ?? array() );
		}
	}
	return $signal;
}

/**
 * Folds an event that the signal listens to and that passes its filter.
 *
 * @param array<string, mixed> $signal Prepared.
 * @param array<string, mixed> $state  Its state, changed in place.
 */
function fold_signal( array $signal, array &$state, Folded_Event $event ): void {
	switch ( $signal['kind'] ) {
		case 'times':
			fold_times( $signal, $state, $event );
			break;
		case 'total':
			fold_total( $signal, $state, $event );
			break;
		case 'ring':
			fold_ring( $signal, $state, $event );
			break;
		case 'distinct':
			fold_distinct( $signal, $state, $event );
			break;
		case 'interest':
			fold_interest( $signal, $state, $event );
			break;
		case 'score':
			fold_score( $signal, $state, $event );
			break;
		case 'periods':
			fold_periods( $signal, $state, $event );
			break;
		case 'chain':
			fold_chain( $signal, $state, $event );
			break;
		case 'touch':
			fold_touch( $signal, $state, $event );
			break;
	}
}
