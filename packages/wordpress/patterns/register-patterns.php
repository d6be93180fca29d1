<?php
/**
 * Block patterns: whole pieces of adaptive content to begin with.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The category that holds them. */
const PATTERN_CATEGORY = 'attune';
/** Files beside this one, each of which returns what register_block_pattern() takes. */
const PATTERNS = array( 'free-shipping-bar', 'welcome-back-hero', 'member-call' );

/** Registers the patterns; for `rest_api_init`, since editors ask for them by REST and pages never do. */
function register_patterns(): void {
	register_block_pattern_category( PATTERN_CATEGORY, array( 'label' => __( 'Adaptive content', 'attune' ) ) );
	foreach ( PATTERNS as $name ) {
		register_block_pattern( "attune/{$name}", array( 'categories' => array( PATTERN_CATEGORY ) ) + require __DIR__ . "/{$name}.php" );
	}
}

/**
 * The attributes of a variant for the first of some segments that the site has: `{"key":…,"segments":[…]}`. With none of
 * them nobody is chosen, and the editor says so.
 *
 * @param string       $key      Of the variant.
 * @param string       $label    What editors see.
 * @param list<string> $segments Keys that sites usually give such a segment.
 */
function pattern_variant( string $key, string $label, array $segments ): string {
	$known = array_slice( array_filter( $segments, segment_exists( ... ) ), 0, 1 );
	// serialize_block_attributes() keeps what would end the comment in which attributes stand.
	return serialize_block_attributes( array( 'key' => $key, 'label' => $label ) + ( array() === $known ? array() : array( 'segments' => $known ) ) );
}
