<?php
/**
 * Blocks and widgets at the gate: those of ours, and those with an audience, bring the rest of the plugin.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Renders an Adaptive Content block.
 *
 * @param mixed      $attributes As WordPress prepared them; ours are read as they were written.
 * @param ?\WP_Block $block      Code that renders a block type by hand has none, and so nothing to choose from.
 */
function render_adaptive( mixed $attributes, mixed $content = '', ?\WP_Block $block = null ): string {
	if ( null === $block ) {
		return '';
	}
	load_stage();
	return render_adaptive_block( $block );
}

/** A variant that stands in no Adaptive Content has nobody who could choose it. */
function render_lone_variant(): string {
	return '';
}

/**
 * Keeps a block with an audience from being rendered for others, before it costs anything; for `pre_render_block`.
 *
 * @param ?string              $html   What others decided.
 * @param array<string, mixed> $block  As parse_blocks() gives it.
 */
function before_block( mixed $html, array $block, ?\WP_Block $parent = null ): mixed {
	$name = $block['blockName'];
	if ( null === $html && ( 'core/block' === $name || 'core/post-content' === $name || 'attune/adaptive' === $name ) ) {
		enter_block( $block, $parent );
	}
	if ( null !== $html || ! isset( $block['attrs']['metadata']['attune'] ) ) {
		return $html;
	}
	load_stage();
	Block_Place::$layout = layout_around( $parent );
	return is_hidden_block( $block ) ? '' : null;
}

/**
 * Hides what did not pass before_block(), or lets the browser choose; for `render_block`.
 *
 * @param mixed                $given What others made of it; a filter that forgot its answer made nothing.
 * @param array<string, mixed> $block As parse_blocks() gives it.
 */
function after_block( mixed $given, array $block ): string {
	$html = is_string( $given ) ? $given : '';
	$name = $block['blockName'];
	if ( 'core/block' === $name || 'core/post-content' === $name ) {
		leave_block( $block );
	} elseif ( 'core/template-part' === $name && str_contains( $html, '[' ) ) {
		$html = after_template_part( $html );
	}
	if ( str_contains( $html, 'data-attune-key' ) ) {
		load_stage();
		$html = fill_values( $html );
	}
	if ( ! isset( $block['attrs']['metadata']['attune'] ) || '' === trim( $html ) ) {
		return $html;
	}
	load_stage();
	return render_audience( $html, $block );
}

/** Leaves out a widget that is hidden; for `widget_display_callback`. */
function before_widget( mixed $instance, \WP_Widget $widget ): mixed {
	if ( ! is_array( $instance ) || 'block' !== $widget->id_base || ! str_contains( (string) ( $instance['content'] ?? '' ), '"attune":' ) ) {
		return $instance;
	}
	load_stage();
	return widget_of_audience( $instance );
}
