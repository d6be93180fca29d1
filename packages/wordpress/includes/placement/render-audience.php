<?php
/**
 * The Audience row of any block on a page.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Whether a block need not be rendered at all: nobody who may get this page sees it.
 *
 * @param array<string, mixed> $block As parse_blocks() gives it.
 */
function is_hidden_block( array $block ): bool {
	$placement = parse_audience( $block );
	return null !== $placement && ! in_array( $placement->index_of( 'shown' ), plan_rendering( audience_stage( $placement, '' ) )->places, true );
}

/**
 * A rendered block as its audience may see it.
 *
 * @param array<string, mixed> $block As parse_blocks() gives it.
 */
function render_audience( string $html, array $block ): string {
	$placement = parse_audience( $block );
	return null === $placement ? $html : render_placement( audience_stage( $placement, $html ) );
}

/** A placement that shows some HTML or nothing. */
function audience_stage( Placement $placement, string $html ): Stage {
	$render = static fn ( int $index ): string => 'shown' === $placement->key_at( $index ) ? $html : '';
	return new Stage( $placement, $render, class: layout_class( Block_Place::$layout ) );
}
