<?php
/**
 * Going through the blocks of a content, at any depth.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Visits every block, parents first, synced patterns included, each of these once.
 *
 * @param list<array<string, mixed>>              $blocks What parse_blocks() gave.
 * @param callable( array<string, mixed> ): ?bool $visit  Is handed each block; false leaves out what stands in it.
 * @param array<int, true>                        $seen   Patterns already entered; holds all of them afterwards.
 */
function walk_blocks( array $blocks, callable $visit, array &$seen = array() ): void {
	foreach ( $blocks as $block ) {
		if ( null === $block['blockName'] || false === $visit( $block ) ) {
			continue;
		}
		walk_blocks( $block['innerBlocks'], $visit, $seen );
		$pattern = pattern_of( $block );
		if ( 0 === $pattern || isset( $seen[ $pattern ] ) ) {
			continue;
		}
		$seen[ $pattern ] = true;
		$post             = get_post( $pattern );
		if ( null !== $post && 'wp_block' === $post->post_type && 'publish' === $post->post_status && '' === $post->post_password ) {
			walk_blocks( parse_blocks( $post->post_content ), $visit, $seen );
		}
	}
}

/**
 * The synced pattern that a block stands for; 0 for none.
 *
 * @param array<string, mixed> $block As parse_blocks() gives it.
 */
function pattern_of( array $block ): int {
	$ref = 'core/block' === $block['blockName'] ? ( $block['attrs']['ref'] ?? 0 ) : 0;
	return is_int( $ref ) ? $ref : 0;
}
