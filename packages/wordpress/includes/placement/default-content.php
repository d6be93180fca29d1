<?php
/**
 * The source of a post with nothing but defaults: what excerpts are made of.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** An excerpt of a post that has none of its own, made of defaults. WordPress itself would leave Adaptive Content out. */
function excerpt_of_defaults( \WP_Post $post ): string {
	if ( post_password_required( $post ) ) {
		return '';
	}
	$copy               = clone $post;
	$copy->post_content = default_content( $post->post_content );
	return wp_trim_excerpt( '', $copy );
}

/** Block markup in which each Adaptive Content is replaced by what stands in its default. */
function default_content( string $content ): string {
	return serialize_blocks( defaults_of( parse_blocks( $content ) ) );
}

/**
 * Blocks in which each Adaptive Content is replaced by the blocks of its default.
 *
 * @param list<array<string, mixed>> $blocks As parse_blocks() gives them.
 * @return list<array<string, mixed>>
 */
function defaults_of( array $blocks ): array {
	$plain = array();
	foreach ( $blocks as $block ) {
		if ( 'attune/adaptive' === $block['blockName'] ) {
			$index = parse_placement( $block )->default_index;
			array_push( $plain, ...defaults_of( $block['innerBlocks'][ $index ]['innerBlocks'] ?? array() ) );
		} else {
			$plain[] = with_plain_inner( $block );
		}
	}
	return $plain;
}

/** A block whose inner blocks hold defaults only. The chunks of its own markup stay where they were. */
function with_plain_inner( array $block ): array {
	$inner   = array();
	$content = array();
	$next    = 0;
	foreach ( $block['innerContent'] as $chunk ) {
		if ( is_string( $chunk ) ) {
			$content[] = $chunk;
			continue;
		}
		foreach ( defaults_of( array( $block['innerBlocks'][ $next++ ] ) ) as $plain ) {
			$inner[]   = $plain;
			$content[] = null;
		}
	}
	return array( 'innerBlocks' => $inner, 'innerContent' => $content ) + $block;
}
