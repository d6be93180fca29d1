<?php
/**
 * Reads an event that came from elsewhere.
 *
 * Property values are taken as they are: a wrong type never matches. Of the recorded context only text is taken that
 * `touch` may ask for. Throws \InvalidArgumentException naming the first problem's place, the value's rule and the cure.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The longest event id, in UTF-16 units. */
const MAX_EVENT_ID = 64;

/** The last instant a date can be, milliseconds since 1970. */
const MAX_EVENT_TIME = 8_640_000_000_000_000;

/** Names that mean something else in the languages of other hosts. */
const FORBIDDEN_PROPERTIES = array( '__proto__', 'constructor', 'prototype' );

/**
 * @param string $path Where the value stands, for messages.
 */
function parse_event( mixed $value, string $path = '$' ): Event {
	if ( ! $value instanceof \stdClass ) {
		throw new \InvalidArgumentException( "$path: An event is an object with id, name and time." );
	}
	$id         = $value->id ?? null;
	$name       = $value->name ?? null;
	$time       = $value->time ?? null;
	$context    = $value->context ?? null;
	$properties = property_exists( $value, 'properties' ) ? $value->properties : new \stdClass();
	if ( ! is_string( $id ) || '' === $id || ! is_text_within( $id, MAX_EVENT_ID ) ) {
		throw new \InvalidArgumentException( "$path.id: An event id is text of 1 to " . MAX_EVENT_ID . ' characters.' );
	}
	if ( ! is_string( $name ) || 1 !== preg_match( '/\A[A-Za-z][A-Za-z0-9_]{0,63}\z/', $name ) ) {
		throw new \InvalidArgumentException( "$path.name: An event name has letters, digits and _, at most 64." );
	}
	if ( ! ( is_int( $time ) || is_float( $time ) ) || ! ( $time >= 0 && $time <= MAX_EVENT_TIME ) ) {
		throw new \InvalidArgumentException( "$path.time: An event time is milliseconds since 1970." );
	}
	if ( ! $properties instanceof \stdClass ) {
		throw new \InvalidArgumentException( "$path.properties: Properties are an object." );
	}
	foreach ( FORBIDDEN_PROPERTIES as $forbidden ) {
		if ( property_exists( $properties, $forbidden ) ) {
			throw new \InvalidArgumentException( "$path.properties: Rename the property $forbidden." );
		}
	}
	if ( null !== $context && ! $context instanceof \stdClass ) {
		throw new \InvalidArgumentException( "$path.context: A context is an object." );
	}
	return new Event( $id, $name, $time, $properties, read_recorded_context( $context ) );
}
