<?php
/**
 * The state of a signal that heard nothing. States have the member names of the profile's JSON.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * @param array<string, mixed> $signal A signal of a compiled plan.
 * @return array<string, mixed>
 */
function empty_state( array $signal ): array {
	switch ( $signal['kind'] ) {
		case 'times':
			return array( 'times' => array() );
		case 'total':
			return array( 'total' => is_extreme( $signal['take'] ?? null ) ? null : 0 );
		case 'ring':
		case 'score':
			return array( 'buckets' => array() );
		case 'distinct':
		case 'interest':
			return array( 'values' => array() );
		case 'periods':
			return array( 'periods' => array() );
		case 'chain':
			return array( 'chains' => array_fill( 0, count( $signal['steps'] ), null ) );
		default:
			return array();
	}
}
