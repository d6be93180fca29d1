<?php
/**
 * A shortcode as a placement.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The placement that a shortcode describes: a variant for each branch, and always a default. */
function placement_of_shortcode( Shortcode $shortcode ): Placement {
	$variants = array();
	foreach ( $shortcode->branches as $place => $branch ) {
		$variants[] = variant_of_branch( $branch['attributes'], $place );
	}
	// Where nobody wrote an else, nothing is shown.
	$variants[] = array( 'key' => 'nothing', 'isDefault' => true );
	$first      = $shortcode->branches[0]['attributes'];
	$given      = array(
		'placementId' => $first['id'] ?? null,
		'delivery'    => $first['delivery'] ?? null,
		'reserve'     => $first['reserve'] ?? null,
	);
	return create_placement( $given, $variants );
}

/**
 * What the attributes of a branch say, as a block would say it.
 *
 * @param array<int|string, string> $attributes segments, match, not, from, until.
 * @return array<string, mixed>
 */
function variant_of_branch( array $attributes, int $place ): array {
	if ( isset( $attributes['default'] ) ) {
		return array( 'key' => 'else', 'isDefault' => true );
	}
	$excludes = isset( $attributes['not'] ) && ! isset( $attributes['segments'] );
	$listed   = $excludes ? $attributes['not'] : $attributes['segments'] ?? $attributes['segment'] ?? '';
	return array(
		'key'      => 0 === $place ? 'if' : 'else-if-' . $place,
		'segments' => array_values( array_filter( array_map( 'trim', explode( ',', $listed ) ), static fn ( string $key ): bool => '' !== $key ) ),
		'match'    => $excludes ? 'none' : $attributes['match'] ?? 'any',
		'from'     => $attributes['from'] ?? null,
		'until'    => $attributes['until'] ?? null,
	);
}

/** The parts of the branch at the place of a variant; none for the default that nobody wrote. */
function parts_at( Shortcode $shortcode, int $index ): array {
	return $shortcode->branches[ $index ]['parts'] ?? array();
}

/** The parts of `[attune:else]`; none where nobody wrote it. */
function default_parts( Shortcode $shortcode ): array {
	foreach ( $shortcode->branches as $branch ) {
		if ( isset( $branch['attributes']['default'] ) ) {
			return $branch['parts'];
		}
	}
	return array();
}
