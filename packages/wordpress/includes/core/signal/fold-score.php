<?php
/**
 * Adds the points (hundredths) of every entry that an event matches.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param array<string, mixed> $signal A signal of kind `score`, prepared.
 * @param array<string, mixed> $state  Its state, changed in place.
 */
function fold_score( array $signal, array &$state, Folded_Event $event ): void {
	$points = 0;
	foreach ( $signal['points'] as $entry ) {
		if ( $entry['event'] === $event->name && passes_where( $entry['where'], $event->properties ) ) {
			$points += $entry['points'];
		}
	}
	if ( $points > 0 ) {
		add_points( $state['buckets'], floor_divide( $event->seconds, $signal['bucket'] ), $points );
	}
}
