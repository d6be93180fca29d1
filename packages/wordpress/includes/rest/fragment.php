<?php
/**
 * A placement that a browser may ask for by itself.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** A placement of a post that the public may read. */
final class Fragment {
	/**
	 * Made by find_fragment().
	 *
	 * @param string               $name  `<post>.<placement>`.
	 * @param array<string, mixed> $block The attune/adaptive block.
	 */
	public function __construct(
		public readonly string $name,
		public readonly \WP_Post $post,
		public readonly Placement $placement,
		public readonly array $block,
	) {}
}

/** Types of posts that pages are made of without being pages themselves. */
const PARTS = array( 'wp_block', 'wp_template', 'wp_template_part' );

/**
 * Finds what `<post>.<placement>.<signature>` names. Whether a post is missing or hidden is not told apart.
 */
function find_fragment( string $text ): Fragment|\WP_Error {
	if ( 1 !== preg_match( '/^([1-9][0-9]{0,17})\.([a-z0-9][a-z0-9-]{0,63})\.([A-Za-z0-9_-]{22})$/D', $text, $parts ) ) {
		return bad_request( __( 'A fragment is written <post>.<placement>.<signature>.', 'attune' ) );
	}
	list( , $id, $key, $signature ) = $parts;
	if ( ! is_fragment_signature( (int) $id, $key, $signature ) ) {
		return bad_request( __( 'A fragment is not signed by this site. Load the page anew.', 'attune' ), 403 );
	}
	$post  = get_post( (int) $id );
	$found = null !== $post && is_public_post( $post ) ? placements_of_post( $post )[ $key ] ?? null : null;
	return null === $found
		? bad_request( __( 'There is no such placement any more. Load the page anew.', 'attune' ), 404 )
		: new Fragment( "$id.$key", $post, $found['placement'], $found['block'] );
}

/** Whether everybody may read a post. */
function is_public_post( \WP_Post $post ): bool {
	if ( '' !== $post->post_password ) {
		return false;
	}
	return in_array( $post->post_type, PARTS, true ) ? 'publish' === $post->post_status : is_post_publicly_viewable( $post );
}
