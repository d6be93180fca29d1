<?php
/**
 * In which post a placement stands: it can be fetched by itself from there.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The post that holds a placement, which everybody may read; 0 when none is known: a template, a widget. */
function source_post( string $placement ): int {
	$pattern    = end( Block_Place::$patterns );
	$candidates = array_filter( array( $pattern, get_the_ID() ) );
	foreach ( '' === $placement ? array() : $candidates as $id ) {
		$post = get_post( $id );
		if ( null !== $post && 'publish' === $post->post_status && '' === $post->post_password && str_contains( $post->post_content, '"placementId":"' . $placement . '"' ) ) {
			return $post->ID;
		}
	}
	return 0;
}
