<?php
/**
 * Experiences: what a placement shows to whom.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Compiles a published experience.
 *
 * `audience` and `cap` are places of conditions (null: none), `from` and `until` whole seconds, `axis` is what is hashed
 * with the visitor's id (null: everybody), `start` the bucket at which the first of the `cuts` begins, `whole` says that
 * everybody in the audience gets the one variant.
 *
 * @param list<array<int, mixed>> $nodes Compiled conditions.
 * @return array<string, mixed>
 * @throws \InvalidArgumentException When it is damaged.
 */
function compile_experience( \stdClass $published, string $path, array $nodes ): array {
	$start = whole_member( $published, 'start', $path, 0, BUCKETS );
	$cuts  = compile_cuts( $published, $path );
	return array(
		'key'        => text_member( $published, 'key', $path ),
		'audience'   => optional_place( $published, 'audience', $path, $nodes ),
		'cap'        => optional_place( $published, 'cap', $path, $nodes ),
		'from'       => optional_whole( $published, 'from', $path, -NEVER ),
		'until'      => optional_whole( $published, 'until', $path, NEVER ),
		'axis'       => \property_exists( $published, 'axis' ) ? text_member( $published, 'axis', $path ) : null,
		'start'      => $start,
		'cuts'       => $cuts,
		'whole'      => 1 === \count( $cuts ) && BUCKETS === $cuts[0][1] - $start,
		'functional' => true === ( $published->functional ?? null ),
	);
}

/**
 * The cuts of a published experience.
 *
 * @return list<array{string, int}> At least one.
 */
function compile_cuts( \stdClass $published, string $path ): array {
	$cuts = list_member( $published, 'cuts', $path );
	foreach ( $cuts as $cut ) {
		if ( ! \is_array( $cut ) || ! \is_string( $cut[0] ?? null ) || ! \is_int( $cut[1] ?? null ) ) {
			throw damaged( "{$path}.cuts", 'a list of variants and buckets' );
		}
	}
	return array() === $cuts ? throw damaged( "{$path}.cuts", 'a list of at least one' ) : $cuts;
}

/**
 * A member that is the place of a condition, or left out.
 *
 * @param list<array<int, mixed>> $nodes Compiled conditions.
 */
function optional_place( \stdClass $object, string $name, string $path, array $nodes ): ?int {
	return \property_exists( $object, $name ) ? place_member( $object, $name, $path, $nodes ) : null;
}
