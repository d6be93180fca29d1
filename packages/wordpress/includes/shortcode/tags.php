<?php
/**
 * Our shortcodes where WordPress itself reads them: what no text filter of ours saw, and the small ones.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * `[attune …]…[/attune]` and its twins, found by WordPress. It stops at the first closing marker: a twin of the same name in it
 * is not whole, so that the default is all that can be shown.
 *
 * @param array<int|string, string>|string $attributes As WordPress read them.
 * @param ?string                          $content    What stands between the markers.
 */
function attune_tag( mixed $attributes, mixed $content, string $tag ): string {
	load_stage();
	$content   = (string) $content;
	$shortcode = parse_shortcodes( "[{$tag}]{$content}[/{$tag}]" )[0] ?? null;
	if ( ! $shortcode instanceof Shortcode ) {
		return '';
	}
	if ( ! $shortcode->is_closed || array() !== array_filter( $shortcode->branches, has_unclosed( ... ) ) ) {
		return do_shortcode( resolve_parts( default_parts( $shortcode ), false, false ) );
	}
	$shortcode->branches[0]['attributes'] = is_array( $attributes ) ? $attributes : array();
	return do_shortcode( resolve_shortcode( $shortcode, false, false ) );
}

/** Whether a branch holds a shortcode that nobody closed. */
function has_unclosed( array $branch ): bool {
	foreach ( $branch['parts'] as $part ) {
		if ( $part instanceof Shortcode && ! $part->is_closed ) {
			return true;
		}
	}
	return false;
}

/**
 * `[attune-value key="geo.city" fallback="your area"]`.
 *
 * @param array<int|string, string>|string $attributes As WordPress read them.
 */
function value_tag( mixed $attributes ): string {
	load_stage();
	$given    = shortcode_atts( array( 'key' => '', 'fallback' => '' ), is_array( $attributes ) ? $attributes : array(), 'attune-value' );
	$value    = context_value( (string) $given['key'] );
	return null === $value ? value_markup( (string) $given['key'], (string) $given['fallback'] ) : plain_html( $value );
}

/**
 * `[attune-placement id="black-friday"]`.
 *
 * @param array<int|string, string>|string $attributes As WordPress read them.
 */
function placement_tag( mixed $attributes ): string {
	load_stage();
	$given = shortcode_atts( array( 'id' => '' ), is_array( $attributes ) ? $attributes : array(), 'attune-placement' );
	return saved_placement( (string) $given['id'] );
}
