<?php
/**
 * The Adaptive Content block on a page.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Renders the block; of its variants only those that the delivery needs are rendered at all. */
function render_adaptive_block( \WP_Block $block ): string {
	$placement = parse_placement( $block->parsed_block );
	$layout    = Block_Place::$layout;
	$render    = static function ( int $index ) use ( $block, $layout ): string {
		// A placement in a variant stands in the same layout.
		Block_Place::$layout = $layout;
		return isset( $block->inner_blocks[ $index ] ) ? render_variant_block( $block->inner_blocks[ $index ] ) : '';
	};
	$html = render_placement( new Stage( $placement, $render, source_bytes( $block->parsed_block, $placement ), layout_class( $layout ) ) );
	return '' !== $placement->id && is_rest_request() && ! is_aside() ? named_markup( $placement, $html ) : $html;
}

/** Renders what stands in a variant; the variant itself is nothing but its contents. */
function render_variant_block( \WP_Block $variant ): string {
	if ( 'attune/variant' !== $variant->name ) {
		return '';
	}
	$variant->inner_content = chunks_awake( $variant->inner_content );
	return $variant->render( array( 'dynamic' => false ) );
}

/** Length of the source of all variants but the default; what it does not say of its inner blocks counts by their number. */
function source_bytes( array $block, Placement $placement ): int {
	$bytes = 0;
	foreach ( $block['innerBlocks'] ?? array() as $index => $variant ) {
		$bytes += $index === $placement->default_index ? 0 : bytes_of_block( $variant );
	}
	return $bytes;
}

/** Length of a block's own source and of the blocks in it. */
function bytes_of_block( array $block ): int {
	$bytes = strlen( $block['innerHTML'] ?? '' );
	foreach ( $block['innerBlocks'] ?? array() as $inner ) {
		$bytes += bytes_of_block( $inner );
	}
	return $bytes;
}

/** The class by which a theme lays out the children of an element; '' for none. */
function layout_class( string $layout ): string {
	return '' === $layout ? '' : 'is-layout-' . $layout;
}
