<?php
/**
 * The block placements that anybody may see, page by page.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * The placements of published posts, the newest post first.
 *
 * @return list<array{path: string, placements: list<array<string, mixed>>}> `path` begins with a slash, below the front page.
 */
function public_placements(): array {
	$asked = array(
		'post_type'    => array_values( array_filter( get_post_types(), 'is_post_type_viewable' ) ),
		'post_status'  => 'publish',
		'has_password' => false,
		'fields'       => 'all',
	);
	$pages = array();
	foreach ( posts_with( PLACEMENTS_META, null, $asked ) as $post ) {
		$noted = get_post_meta( $post->ID, PLACEMENTS_META, true );
		if ( is_array( $noted ) ) {
			$pages[] = array(
				'path'       => path_of_post( $post ),
				'placements' => array_values( array_filter( $noted, static fn ( mixed $one ): bool => is_array( $one ) && isset( $one['id'], $one['variants'] ) ) ),
			);
		}
	}
	return $pages;
}

/** The path of a post below the site's front page, without a slash at its end: `/`, `/about`. */
function path_of_post( \WP_Post $post ): string {
	$home = (string) wp_parse_url( home_url(), PHP_URL_PATH );
	$path = (string) wp_parse_url( (string) get_permalink( $post ), PHP_URL_PATH );
	return '/' . trim( str_starts_with( $path, $home ) ? substr( $path, strlen( $home ) ) : $path, '/' );
}
