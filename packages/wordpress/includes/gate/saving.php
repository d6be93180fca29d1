<?php
/**
 * What is saved at the gate: only what holds variants is looked into.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Puts variants to rest in a post that is saved; for `content_save_pre`, whose text has slashes. */
function before_save( mixed $content ): mixed {
	if ( ! is_string( $content ) || ! str_contains( $content, 'wp:attune/variant' ) ) {
		return $content;
	}
	load_room( 'placement' );
	return wp_slash( with_variants_at_rest( wp_unslash( $content ) ) );
}

/** Puts variants to rest in a widget that is saved; for `widget_update_callback`. */
function before_widget_save( mixed $instance ): mixed {
	$content = is_array( $instance ) ? $instance['content'] ?? null : null;
	if ( ! is_string( $content ) || ! str_contains( $content, 'wp:attune/variant' ) ) {
		return $instance;
	}
	load_room( 'placement' );
	return array( 'content' => with_variants_at_rest( $content ) ) + $instance;
}
