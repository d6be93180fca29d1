<?php
/**
 * Where the block stands that is being rendered. Kept for every page, so it is little.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** What surrounds the block that is being rendered. */
final class Block_Place {
	/** @var list<int> The synced patterns that are open, the innermost last; 0 for one without a post. */
	public static array $patterns = array();
	/** @var list<string> The kinds of layout of the contents that are open, the innermost last. */
	public static array $layouts = array();
	/** The kind of layout around the block that comes next. */
	public static string $layout = '';
}

/**
 * Notes a block that is about to be rendered.
 *
 * @param array<string, mixed> $block As parse_blocks() gives it.
 */
function enter_block( array $block, ?\WP_Block $parent ): void {
	if ( 'core/block' === $block['blockName'] ) {
		$ref                     = $block['attrs']['ref'] ?? 0;
		Block_Place::$patterns[] = is_int( $ref ) ? $ref : 0;
		Block_Place::$layouts[]  = layout_around( $parent );
	} elseif ( 'core/post-content' === $block['blockName'] ) {
		Block_Place::$layouts[] = layout_of( $block, null );
	} else {
		Block_Place::$layout = layout_around( $parent );
	}
}

/** Notes that a block was rendered. */
function leave_block( array $block ): void {
	array_pop( Block_Place::$layouts );
	if ( 'core/block' === $block['blockName'] ) {
		array_pop( Block_Place::$patterns );
	}
}

/** The kind of layout in which children of a block stand; of the content that is open when there is no parent. */
function layout_around( ?\WP_Block $parent ): string {
	if ( null === $parent ) {
		return (string) end( Block_Place::$layouts );
	}
	if ( 'attune/adaptive' === $parent->name || 'attune/variant' === $parent->name ) {
		return Block_Place::$layout;
	}
	return layout_of( $parent->parsed_block, $parent->block_type );
}

/** The kind of layout that a block gives its children: 'constrained', 'flow', 'flex', 'grid'; '' for none. */
function layout_of( array $block, ?\WP_Block_Type $type ): string {
	$default = $type->supports['layout']['default']['type'] ?? 'flow';
	$layout  = $block['attrs']['layout'] ?? null;
	if ( ! is_array( $layout ) ) {
		return null !== $type && ! isset( $type->supports['layout'] ) ? '' : (string) $default;
	}
	$kind = $layout['type'] ?? ( ! empty( $layout['inherit'] ) ? 'constrained' : $default );
	$kind = 'default' === $kind ? 'flow' : $kind;
	return in_array( $kind, array( 'constrained', 'flow', 'flex', 'grid' ), true ) ? $kind : '';
}
