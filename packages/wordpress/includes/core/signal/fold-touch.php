<?php
/**
 * Keeps the value of a context path in the first and the last event that carried one; only text that is not empty is a
 * value. What is kept is array( 'value', 'seconds', 'id' ).
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param array<string, mixed> $signal A signal of kind `touch`.
 * @param array<string, mixed> $state  Its state, changed in place.
 */
function fold_touch( array $signal, array &$state, Folded_Event $event ): void {
	[ $group, $name ] = explode( '.', $signal['of'], 2 ) + array( 1 => '' );
	$members          = $event->context->{$group} ?? null;
	$value            = $members instanceof \stdClass ? $members->{$name} ?? null : null;
	if ( ! is_string( $value ) || '' === $value ) {
		return;
	}
	$touched = array(
		'value'   => $value,
		'seconds' => $event->seconds,
		'id'      => $event->id,
	);
	if ( ! isset( $state['first'] ) || compare_touched( $touched, $state['first'] ) < 0 ) {
		$state['first'] = $touched;
	}
	if ( ! isset( $state['last'] ) || compare_touched( $touched, $state['last'] ) > 0 ) {
		$state['last'] = $touched;
	}
}

/**
 * Which of two events came first in the order.
 *
 * @param array{value: string, seconds: int, id: string} $a What one carried.
 * @param array{value: string, seconds: int, id: string} $b What another carried.
 */
function compare_touched( array $a, array $b ): int {
	$order = $a['seconds'] <=> $b['seconds'];
	return 0 !== $order ? $order : strcmp( $a['id'], $b['id'] );
}
