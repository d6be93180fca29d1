<?php
/**
 * Members as an object.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * The object of members by name. PHP's objects hold no name that begins with a zero byte, and no ruleset can give one: such members
 * are left out.
 *
 * @param array<int|string, mixed> $members By name.
 */
function object_of( array $members ): \stdClass {
	foreach ( $members as $key => $member ) {
		if ( str_starts_with( (string) $key, "\0" ) ) {
			unset( $members[ $key ] );
		}
	}
	return (object) $members;
}
