<?php
/**
 * The block placements that anybody may see, page by page.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * The placements of published posts, the newest post first. Where several define one id, the oldest of them does.
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
			$pages[ $post->ID ] = array(
				'path'       => path_of_post( $post ),
				'placements' => array_values( array_filter( $noted, static fn ( mixed $one ): bool => is_array( $one ) && isset( $one['id'], $one['variants'] ) ) ),
			);
		}
	}
	return with_oldest_definitions( $pages );
}

/**
 * The same pages, each placement as the oldest post has it that names one so.
 *
 * @param array<int, array{path: string, placements: list<array<string, mixed>>}> $pages By the id of their posts.
 * @return list<array{path: string, placements: list<array<string, mixed>>}>
 */
function with_oldest_definitions( array $pages ): array {
	$oldest = array();
	ksort( $pages );
	foreach ( $pages as $page ) {
		$oldest += array_column( $page['placements'], null, 'id' );
	}
	krsort( $pages );
	$settle = static fn ( array $page ): array => array( 'placements' => array_map( static fn ( array $one ): array => $oldest[ $one['id'] ], $page['placements'] ) ) + $page;
	return array_values( array_map( $settle, $pages ) );
}

/** The path of a post below the site's front page, without a slash at its end: `/`, `/about`. */
function path_of_post( \WP_Post $post ): string {
	$home = (string) wp_parse_url( home_url(), PHP_URL_PATH );
	$path = (string) wp_parse_url( (string) get_permalink( $post ), PHP_URL_PATH );
	return '/' . trim( str_starts_with( $path, $home ) ? substr( $path, strlen( $home ) ) : $path, '/' );
}
