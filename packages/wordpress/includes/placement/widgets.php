<?php
/**
 * Widgets that are blocks: one that is hidden leaves nothing behind.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Leaves out a widget whose only block is hidden from everybody who may get this page.
 *
 * @param array<string, mixed> $instance Settings of a block widget.
 */
function widget_of_audience( array $instance ): array|false {
	$blocks = array_values( array_filter( parse_blocks( (string) $instance['content'] ), static fn ( array $block ): bool => null !== $block['blockName'] ) );
	return 1 === count( $blocks ) && is_hidden_block( $blocks[0] ) ? false : $instance;
}
