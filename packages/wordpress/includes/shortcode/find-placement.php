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

/**
 * The HTML of a saved placement: the synced pattern of a slug, or the placement of an id in one, whichever pattern is older; ''
 * when there is none.
 */
function saved_placement( string $id ): string {
	if ( 1 !== preg_match( KEY_PATTERN, $id ) || isset( Saved_Placements::$open[ $id ] ) ) {
		return '';
	}
	load_room( 'ruleset/holders' );
	$named  = get_page_by_path( $id, OBJECT, 'wp_block' );
	$named  = $named instanceof \WP_Post && is_shown_pattern( $named ) ? $named : null;
	$holder = pattern_with_placement( $id );
	Saved_Placements::$open[ $id ] = true;
	try {
		if ( null !== $named && ( null === $holder || $named->ID <= $holder->ID ) ) {
			return render_pattern( $named, parse_blocks( $named->post_content ) );
		}
		return null === $holder ? '' : render_placement_of( $holder, $id );
	} finally {
		unset( Saved_Placements::$open[ $id ] );
	}
}

/** The oldest published pattern in which a placement has an id. */
function pattern_with_placement( string $id ): ?\WP_Post {
	foreach ( placement_holders( $id ) as $holder ) {
		$pattern = get_post( $holder );
		if ( null !== $pattern && 'wp_block' === $pattern->post_type && is_shown_pattern( $pattern ) ) {
			return $pattern;
		}
	}
	return null;
}

/** The HTML of one placement of a pattern. */
function render_placement_of( \WP_Post $pattern, string $id ): string {
	load_room( 'ruleset/publish' );
	$block = placements_of_post( $pattern )[ $id ]['block'] ?? null;
	return null === $block ? '' : render_pattern( $pattern, array( $block ) );
}

/** Whether everybody may see a pattern. */
function is_shown_pattern( \WP_Post $pattern ): bool {
	return 'publish' === $pattern->post_status && '' === $pattern->post_password;
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
