<?php
/**
 * The order of events: by whole second, then by id by code point (strcmp over UTF-8). Negative, 0 or positive.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

function compare_events( Event $a, Event $b ): int {
	$order = to_seconds( $a->time ) <=> to_seconds( $b->time );
	return 0 !== $order ? $order : strcmp( $a->id, $b->id );
}

/**
 * Events in their order.
 *
 * @param list<Event> $events In any order.
 * @return list<Event>
 */
function sort_events( array $events ): array {
	usort( $events, compare_events( ... ) );
	return $events;
}
