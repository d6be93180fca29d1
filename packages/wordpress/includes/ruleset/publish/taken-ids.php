<?php
/**
 * Whose the id of a placement is: nobody takes it from posts that they may not edit.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * The ids in a post's own blocks that are others', whose posts its author may not edit.
 *
 * @return list<string>
 */
function ids_taken_from_others( \WP_Post $post ): array {
	$ids = array();
	// As if every pattern had been entered already: what stands in one is not the post's own.
	$seen  = array_fill_keys( patterns_in( $post->post_content ), true );
	$visit = static function ( array $block ) use ( &$ids ): void {
		$ids[] = 'attune/adaptive' === $block['blockName'] ? parse_placement( $block )->id : '';
	};
	if ( str_contains( $post->post_content, 'wp:attune/adaptive' ) ) {
		walk_blocks( parse_blocks( $post->post_content ), $visit, $seen );
	}
	$author = (int) $post->post_author;
	return array_values( array_filter( array_unique( $ids ), static fn ( string $id ): bool => '' !== $id && is_id_of_others( $id, $post->ID, $author ) ) );
}

/** Whether an id is that of posts of which somebody may not edit all. What has no author was put there by the site itself. */
function is_id_of_others( string $id, int $post, int $user ): bool {
	$foreign = static fn ( int $holder ): bool => ! user_can( $user, 'edit_post', $holder );
	return 0 !== $user && array() !== array_filter( placement_holders( $id, $post ), $foreign );
}

/**
 * The synced patterns that a content names, wherever it does.
 *
 * @return list<int>
 */
function patterns_in( string $content ): array {
	preg_match_all( '/<!-- wp:block \{[^>]*?"ref":([0-9]{1,18})/', $content, $found );
	return array_map( 'intval', $found[1] );
}

/**
 * Keeps the slug of a pattern from being the id of a placement in somebody else's: `[attune-placement id="…"]` takes either. For
 * `wp_unique_post_slug`.
 */
function keep_slug_apart( string $slug, int $post, string $status, string $type, int $parent ): string {
	if ( 'wp_block' !== $type || 1 !== preg_match( KEY_PATTERN, $slug ) ) {
		return $slug;
	}
	$author = 0 === $post ? get_current_user_id() : (int) get_post( $post )?->post_author;
	return is_id_of_others( $slug, $post, $author ) ? wp_unique_post_slug( "{$slug}-2", $post, $status, $type, $parent ) : $slug;
}
