<?php
/**
 * The signal plan: what a profile keeps because conditions ask for it.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Compiles a published plan.
 *
 * @return array{id: string, keys: list<string>, signals: list<array<string, mixed>>}
 * @throws \InvalidArgumentException When it is damaged.
 */
function compile_plan( \stdClass $published ): array {
	$keys    = texts_member( $published, 'keys', '$.plan' );
	$signals = list_member( $published, 'signals', '$.plan' );
	if ( \count( $keys ) !== \count( $signals ) ) {
		throw damaged( '$.plan.signals', 'as long as the list of keys' );
	}
	foreach ( $signals as $slot => $signal ) {
		check_signal( $signal, "\$.plan.signals[{$slot}]" );
		// Whoever reads a profile alone knows a signal's kind by its key, and one key is one signal.
		if ( ! \str_starts_with( $keys[ $slot ], "{$signal->kind} " ) || ( $slot > 0 && \strcmp( $keys[ $slot - 1 ], $keys[ $slot ] ) >= 0 ) ) {
			throw damaged( "\$.plan.keys[{$slot}]", 'the key of its signal, after the one before' );
		}
	}
	return array(
		'id'      => text_member( $published, 'id', '$.plan' ),
		'keys'    => $keys,
		'signals' => \array_map( plain_arrays( ... ), $signals ),
	);
}
