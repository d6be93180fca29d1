<?php
/**
 * Placements that were saved once and are shown anywhere: synced patterns.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** What is being rendered, so that nothing shows itself for ever. */
final class Saved_Placements {
	/** @var array<string, true> */
	public static array $open = array();
}

/** The HTML of a saved placement: the synced pattern of a slug, else the placement of an id in one; '' when there is none. */
function saved_placement( string $id ): string {
	if ( 1 !== preg_match( KEY_PATTERN, $id ) || isset( Saved_Placements::$open[ $id ] ) ) {
		return '';
	}
	$pattern = get_page_by_path( $id, OBJECT, 'wp_block' );
	$found   = $pattern instanceof \WP_Post && 'publish' === $pattern->post_status && '' === $pattern->post_password;
	Saved_Placements::$open[ $id ] = true;
	try {
		return $found ? render_pattern( $pattern, parse_blocks( $pattern->post_content ) ) : placement_in_pattern( $id );
	} finally {
		unset( Saved_Placements::$open[ $id ] );
	}
}

/** The HTML of the placement of an id that stands in some published pattern. */
function placement_in_pattern( string $id ): string {
	load_room( 'ruleset/publish' );
	foreach ( get_posts( array( 'post_type' => 'wp_block', 'post_status' => 'publish', 'numberposts' => 100, 'meta_key' => PLACEMENTS_META, 'suppress_filters' => false ) ) as $pattern ) {
		$block = str_contains( $pattern->post_content, '"placementId":"' . $id . '"' ) ? placements_of_post( $pattern )[ $id ]['block'] ?? null : null;
		if ( null !== $block && '' === $pattern->post_password ) {
			return render_pattern( $pattern, array( $block ) );
		}
	}
	return '';
}

/**
 * Renders blocks of a pattern.
 *
 * @param list<array<string, mixed>> $blocks As parse_blocks() gives them.
 */
function render_pattern( \WP_Post $pattern, array $blocks ): string {
	Block_Place::$patterns[] = $pattern->ID;
	try {
		return do_shortcode( implode( '', array_map( 'render_block', $blocks ) ) );
	} finally {
		array_pop( Block_Place::$patterns );
	}
}
