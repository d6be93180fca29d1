<?php
/**
 * Keeps the newest times (seconds, newest first); equal times of different events stand side by side.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param array<string, mixed> $signal A signal of kind `times`.
 * @param array<string, mixed> $state  Its state, changed in place.
 */
function fold_times( array $signal, array &$state, Folded_Event $event ): void {
	$keep           = $signal['keep'];
	$seconds        = $event->seconds;
	$state['times'] = array_slice( $state['times'], 0, $keep );
	if ( $signal['first'] ?? false ) {
		$known          = $state['times'];
		$state['first'] = min( $state['first'] ?? ( array() === $known ? $seconds : $known[ count( $known ) - 1 ] ), $seconds );
	}
	if ( $signal['id'] ?? false ) {
		$id = last_id( $state, $event );
		if ( null !== $id ) {
			$state['id'] = $id;
		}
	}
	insert_newest( $state['times'], $seconds, $keep );
}

/**
 * @param list<int> $times Newest first, at most `keep`.
 */
function insert_newest( array &$times, int $seconds, int $keep ): void {
	$at = 0;
	while ( isset( $times[ $at ] ) && $times[ $at ] > $seconds ) {
		++$at;
	}
	if ( $at >= $keep ) {
		return;
	}
	if ( count( $times ) === $keep ) {
		array_pop( $times );
	}
	array_splice( $times, $at, 0, array( $seconds ) );
}

/**
 * Among events of one second the id decides which is last; one that was not kept stays unknown (null).
 *
 * @param array<string, mixed> $state What was kept before this event.
 */
function last_id( array $state, Folded_Event $event ): ?string {
	$id   = $state['id'] ?? null;
	$last = $state['times'][0] ?? null;
	if ( null === $last || $event->newest || $event->seconds > $last ) {
		return $event->id;
	}
	if ( $event->seconds < $last || null === $id ) {
		return $id;
	}
	return strcmp( $event->id, $id ) > 0 ? $event->id : $id;
}
