<?php
/**
 * Looks at a signal of a published plan before it is folded: whatever passes can be folded without a fault.
 *
 * Throws \InvalidArgumentException naming the place, what is wanted there and the cure.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param mixed  $signal Published.
 * @param string $path   Where it stands.
 */
function check_signal( mixed $signal, string $path ): void {
	if ( ! $signal instanceof \stdClass ) {
		throw damaged( $path, 'a signal' );
	}
	switch ( $signal->kind ?? null ) {
		case 'times':
			whole_member( $signal, 'keep', $path, 1, MAX_TIMES );
			break;
		case 'total':
			check_take( $signal, $path );
			break;
		case 'ring':
			check_take( $signal, $path );
			whole_member( $signal, 'bucket', $path, 1, MAX_SECONDS );
			break;
		case 'distinct':
			text_member( $signal, 'of', $path );
			break;
		case 'periods':
			check_choice( $signal, 'period', array( 'day', 'week' ), $path );
			break;
		case 'interest':
			check_interest( $signal, $path );
			return;
		case 'score':
			check_score( $signal, $path );
			return;
		case 'chain':
			check_chain( $signal, $path );
			return;
		case 'touch':
			text_member( $signal, 'of', $path );
			return;
		default:
			throw damaged( $path, 'a signal of a kind that this version knows' );
	}
	check_listener( $signal, $path );
}

/** What listens to an event, with a filter perhaps. */
function check_listener( \stdClass $listener, string $path ): void {
	text_member( $listener, 'event', $path );
	if ( ! property_exists( $listener, 'where' ) ) {
		return;
	}
	$where = object_member( $listener, 'where', $path );
	try {
		prepare_where( plain_arrays( $where ) );
	} catch ( \InvalidArgumentException $error ) {
		throw damaged( "{$path}.where", 'a filter: ' . $error->getMessage() );
	}
}

/** What is taken of which property; without both, events are counted. */
function check_take( \stdClass $signal, string $path ): void {
	if ( property_exists( $signal, 'take' ) || property_exists( $signal, 'of' ) ) {
		check_choice( $signal, 'take', array( 'sum', 'min', 'max', 'number' ), $path );
		text_member( $signal, 'of', $path );
	}
}

/** @param list<string> $choices What the member may be. */
function check_choice( \stdClass $signal, string $name, array $choices, string $path ): void {
	if ( ! in_array( text_member( $signal, $name, $path ), $choices, true ) ) {
		throw damaged( "{$path}.{$name}", 'one of ' . implode( ', ', $choices ) );
	}
}

/** Points by event, in hundredths. */
function check_interest( \stdClass $signal, string $path ): void {
	text_member( $signal, 'of', $path );
	whole_member( $signal, 'bucket', $path, 1, MAX_SECONDS );
	$points = object_member( $signal, 'points', $path );
	foreach ( array_keys( (array) $points ) as $name ) {
		whole_member( $points, (string) $name, "{$path}.points", 0, MAX_BUCKET );
	}
}

/** Points of each entry, in hundredths. */
function check_score( \stdClass $signal, string $path ): void {
	whole_member( $signal, 'bucket', $path, 1, MAX_SECONDS );
	foreach ( list_member( $signal, 'points', $path ) as $at => $entry ) {
		$entry = $entry instanceof \stdClass ? $entry : throw damaged( "{$path}.points[{$at}]", 'an object' );
		whole_member( $entry, 'points', "{$path}.points[{$at}]", 0, MAX_BUCKET );
		check_listener( $entry, "{$path}.points[{$at}]" );
	}
}

/** Steps in their order, with the seconds that may lie between two. */
function check_chain( \stdClass $signal, string $path ): void {
	$steps = list_member( $signal, 'steps', $path );
	if ( array() === $steps || count( $steps ) > MAX_STEPS ) {
		throw damaged( "{$path}.steps", 'a list of 1 to ' . MAX_STEPS . ' steps' );
	}
	foreach ( $steps as $at => $step ) {
		check_listener( $step instanceof \stdClass ? $step : throw damaged( "{$path}.steps[{$at}]", 'an object' ), "{$path}.steps[{$at}]" );
	}
	if ( property_exists( $signal, 'gap' ) ) {
		whole_member( $signal, 'gap', $path );
	}
	if ( property_exists( $signal, 'unless' ) ) {
		text_member( $signal, 'unless', $path );
	}
}
