<?php
/**
 * Members of a published document, which somebody may have changed by hand: each is looked at before it is trusted.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** What to throw at a published document that is damaged at `path`. */
function damaged( string $path, string $expected ): \InvalidArgumentException {
	return new \InvalidArgumentException( "[core] compile_ruleset: {$path} is not {$expected}. Publish the ruleset anew." );
}

/**
 * A member that is a whole number.
 *
 * @throws \InvalidArgumentException When it is none, or out of bounds.
 */
function whole_member( \stdClass $object, string $name, string $path, int $least = 0, int $greatest = MAX_NUMBER ): int {
	$value = own_member( $object, $name );
	if ( ! \is_int( $value ) || $value < $least || $value > $greatest ) {
		throw damaged( json_path( $path, $name ), "a whole number from {$least} to {$greatest}" );
	}
	return $value;
}

/**
 * A member that is a whole number or left out.
 *
 * @throws \InvalidArgumentException When it is something else.
 */
function optional_whole( \stdClass $object, string $name, string $path, int $otherwise ): int {
	return \property_exists( $object, $name ) ? whole_member( $object, $name, $path, -MAX_NUMBER ) : $otherwise;
}

/**
 * A member that is text.
 *
 * @throws \InvalidArgumentException When it is none.
 */
function text_member( \stdClass $object, string $name, string $path ): string {
	$value = own_member( $object, $name );
	return \is_string( $value ) ? $value : throw damaged( json_path( $path, $name ), 'text' );
}

/**
 * A member that is a list.
 *
 * @return list<mixed>
 * @throws \InvalidArgumentException When it is none.
 */
function list_member( \stdClass $object, string $name, string $path ): array {
	$value = own_member( $object, $name );
	return \is_array( $value ) && \array_is_list( $value ) ? $value : throw damaged( json_path( $path, $name ), 'a list' );
}

/**
 * A member that is a list of text.
 *
 * @return list<string>
 * @throws \InvalidArgumentException When it is none.
 */
function texts_member( \stdClass $object, string $name, string $path ): array {
	$list = list_member( $object, $name, $path );
	return is_text_list( $list ) ? $list : throw damaged( json_path( $path, $name ), 'a list of text' );
}

/**
 * A member that is an object.
 *
 * @throws \InvalidArgumentException When it is none.
 */
function object_member( \stdClass $object, string $name, string $path ): \stdClass {
	$value = own_member( $object, $name );
	return $value instanceof \stdClass ? $value : throw damaged( json_path( $path, $name ), 'an object' );
}

/**
 * A member that is a window in seconds; `null` is ever.
 *
 * @throws \InvalidArgumentException When it is something else.
 */
function window_member( \stdClass $object, string $path ): int {
	return isset( $object->within ) ? whole_member( $object, 'within', $path, 1 ) : ENDLESS;
}

/**
 * A member that is a range of whole numbers.
 *
 * @return array{int, int} Its ends, both included.
 * @throws \InvalidArgumentException When it is none.
 */
function range_member( \stdClass $object, string $path ): array {
	try {
		list( $least, $greatest ) = ends_of( $object->range ?? null );
	} catch ( \InvalidArgumentException $error ) {
		throw damaged( "{$path}.range", 'right: ' . $error->getMessage() );
	}
	if ( ! \is_int( $least ) || ! \is_int( $greatest ) ) {
		throw damaged( "{$path}.range", 'a range of whole numbers' );
	}
	return array( $least, $greatest );
}

/**
 * The key of the signal in whose slot a member points, of one of some kinds.
 *
 * @param array<string, mixed> $plan  Compiled.
 * @param list<string>         $kinds That the condition can read.
 * @throws \InvalidArgumentException When there is no such slot, or its signal is of another kind.
 */
function signal_member( \stdClass $object, string $name, string $path, array $plan, array $kinds ): string {
	$slot = own_member( $object, $name );
	$kind = \is_int( $slot ) ? $plan['signals'][ $slot ]['kind'] ?? null : null;
	if ( ! \in_array( $kind, $kinds, true ) ) {
		throw damaged( json_path( $path, $name ), 'the slot of a signal of kind ' . \implode( ' or ', $kinds ) );
	}
	return $plan['keys'][ $slot ];
}

/**
 * Objects as arrays, all the way down.
 *
 * @param mixed $value Any JSON.
 */
function plain_arrays( mixed $value ): mixed {
	return \is_array( $value ) || $value instanceof \stdClass ? \array_map( plain_arrays( ... ), (array) $value ) : $value;
}

/**
 * A member that is the place of a condition, other than one that stands in its segment's place.
 *
 * @param list<array<int, mixed>> $nodes Compiled.
 * @throws \InvalidArgumentException When it is none.
 */
function place_member( \stdClass $object, string $name, string $path, array $nodes ): int {
	$place = whole_member( $object, $name, $path, 0, \count( $nodes ) - 1 );
	if ( 'moved' === $nodes[ $place ][0] ) {
		throw damaged( json_path( $path, $name ), 'the place of a condition that no segment has to itself' );
	}
	return $place;
}
