<?php
/**
 * The Adaptive Content blocks of a post.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * The placements of a post, synced patterns included; the first block of each id.
 *
 * @param list<string> $hidden Segments: what only they see, placements in it included, is left out.
 * @return array<string, array{placement: Placement, block: array<string, mixed>}> Id → what was read, and the block.
 */
function placements_of_post( \WP_Post $post, array $hidden = array() ): array {
	$found = array();
	if ( ! str_contains( $post->post_content, 'wp:attune/adaptive' ) && ! str_contains( $post->post_content, '<!-- wp:block ' ) ) {
		return $found;
	}
	$visit = static function ( array $block ) use ( &$found, $hidden ): ?bool {
		if ( is_seen_by( $block, $hidden ) ) {
			return false;
		}
		$placement = 'attune/adaptive' === $block['blockName'] ? parse_placement( $block ) : null;
		if ( null !== $placement && '' !== $placement->id && ! isset( $found[ $placement->id ] ) ) {
			$found[ $placement->id ] = array(
				'placement' => $placement,
				'block'     => $block,
			);
		}
		return null;
	};
	walk_blocks( parse_blocks( $post->post_content ), $visit );
	return $found;
}

/**
 * Whether a block is for some of these segments: a variant, or a block by its Audience row.
 *
 * @param array<string, mixed> $block    As parse_blocks() gives it.
 * @param list<string>         $segments Keys.
 */
function is_seen_by( array $block, array $segments ): bool {
	$row   = $block['attrs']['metadata']['attune'] ?? null;
	$named = 'attune/variant' === $block['blockName'] ? $block['attrs']['segments'] ?? array() : array();
	// A row that hides from some is seen by all others.
	$shown = is_array( $row ) && 'none' !== ( $row['show'] ?? null ) ? $row['segments'] ?? array() : array();
	return array() !== array_intersect( $segments, array( ...only_texts( $named ), ...only_texts( $shown ) ) );
}

/**
 * The HTML of one variant, as the post's page shows it.
 *
 * @param array<string, mixed> $block An attune/adaptive block.
 * @param int                  $index Place of the variant; what has none is empty.
 */
function variant_html( array $block, int $index, \WP_Post $of ): string {
	$variant = $block['innerBlocks'][ $index ] ?? null;
	if ( null === $variant ) {
		return '';
	}
	global $post;
	$before = $post;
	$post   = $of; // phpcs:ignore WordPress.WP.GlobalVariablesOverride
	setup_postdata( $of );
	try {
		$html  = '';
		$inner = 0;
		foreach ( chunks_awake( $variant['innerContent'] ) as $chunk ) {
			$html .= is_string( $chunk ) ? $chunk : render_block( $variant['innerBlocks'][ $inner++ ] );
		}
		// What a page's content goes through after its blocks were rendered.
		return wp_filter_content_tags( do_shortcode( shortcode_unautop( wptexturize( $html ) ) ), 'the_content' );
	} finally {
		$post = $before; // phpcs:ignore WordPress.WP.GlobalVariablesOverride
		if ( $before instanceof \WP_Post ) {
			setup_postdata( $before );
		}
	}
}
