<?php
/**
 * Something a visitor did, as folding reads it. It was checked at the border (parse_event) or made by code of ours.
 *
 * `id` tells one event from another; `name` is a GA4 name where one exists; `time` is milliseconds since 1970-01-01T00:00Z,
 * of which only whole seconds count; `properties` is what the event says; `context` is where the visitor came from and was
 * (groups `utm`, `referrer`, `url`, each an object of text), empty when nothing was recorded.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

final class Event {

	public readonly \stdClass $properties;
	public readonly \stdClass $context;

	public function __construct(
		public readonly string $id,
		public readonly string $name,
		public readonly int|float $time,
		?\stdClass $properties = null,
		?\stdClass $context = null
	) {
		$this->properties = $properties ?? new \stdClass();
		$this->context    = $context ?? new \stdClass();
	}
}

/**
 * The whole seconds of an instant in milliseconds.
 */
function to_seconds( int|float $milliseconds ): int {
	return (int) floor( $milliseconds / 1000 );
}

/**
 * An event's property; null when it has none of that name. A whole number is an int, however it was written: `10.0` is `10`.
 */
function event_property( \stdClass $properties, string $name ): mixed {
	$value = $properties->{$name} ?? null;
	if ( ! is_float( $value ) || floor( $value ) !== $value || abs( $value ) > MAX_SAFE ) {
		return $value;
	}
	return (int) $value;
}

/**
 * An event as JSON has it; a context with nothing in it is left out.
 */
function event_to_json( Event $event ): \stdClass {
	$json             = new \stdClass();
	$json->id         = $event->id;
	$json->name       = $event->name;
	$json->time       = $event->time;
	$json->properties = $event->properties;
	if ( array() !== get_object_vars( $event->context ) ) {
		$json->context = $event->context;
	}
	return $json;
}
