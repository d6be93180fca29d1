<?php
/**
 * Where published rulesets are kept: posts that nobody sees, the newest twenty.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The post type. */
const RULESET_TYPE = 'attune_ruleset';
/** So many publications can be gone back to. */
const KEPT_RULESETS = 20;

/** Registers the post type, once: no screen, no address, no search, no REST of WordPress's own. */
function register_ruleset_type(): void {
	if ( post_type_exists( RULESET_TYPE ) ) {
		return;
	}
	register_post_type(
		RULESET_TYPE,
		array(
			'label'        => __( 'Attune rulesets', 'attune' ),
			'public'       => false,
			'rewrite'      => false,
			'query_var'    => false,
			'can_export'   => false,
			'supports'     => array( 'title', 'editor', 'author' ),
			'map_meta_cap' => false,
			// Nobody edits one as a post.
			'capabilities' => array_fill_keys(
				array( 'edit_post', 'read_post', 'delete_post', 'edit_posts', 'edit_others_posts', 'delete_posts', 'publish_posts', 'read_private_posts', 'create_posts' ),
				'do_not_allow'
			),
		)
	);
}

/**
 * Keeps a published ruleset.
 *
 * @param string $json     As storable_json() made it.
 * @param string $revision Its title.
 * @param int    $author   A user; 0 for nobody.
 * @return int The post.
 * @throws \RuntimeException When WordPress cannot keep it.
 */
function keep_ruleset( string $json, string $revision, int $author ): int {
	register_ruleset_type();
	$post = wp_insert_post(
		wp_slash(
			array(
				'post_type'    => RULESET_TYPE,
				'post_status'  => 'private',
				'post_title'   => $revision,
				'post_content' => $json,
				'post_author'  => $author,
			)
		),
		true
	);
	if ( is_wp_error( $post ) ) {
		throw new \RuntimeException( '[attune] publish_ruleset: WordPress could not keep the ruleset: ' . $post->get_error_message() . ' Free room in the database and publish again.' );
	}
	if ( kept_json( $post ) !== $json ) {
		wp_delete_post( $post, true );
		throw new \RuntimeException( '[attune] publish_ruleset: another plugin changed the ruleset while it was saved. Look for a filter on `content_save_pre`.' );
	}
	return $post;
}

/** The JSON of a kept ruleset; empty when there is none. */
function kept_json( int $post ): string {
	$kept = $post > 0 ? get_post( $post ) : null;
	return null !== $kept && RULESET_TYPE === $kept->post_type ? $kept->post_content : '';
}

/**
 * The kept rulesets, the newest first.
 *
 * @return list<\WP_Post>
 */
function kept_rulesets( int $number = KEPT_RULESETS ): array {
	return get_posts(
		array(
			'post_type'        => RULESET_TYPE,
			'post_status'      => 'private',
			'numberposts'      => $number,
			'orderby'          => array(
				'date' => 'DESC',
				'ID'   => 'DESC',
			),
			'suppress_filters' => true,
		)
	);
}

/** Lets go of what is older than the newest twenty; never of the one in force. */
function drop_old_rulesets( int $in_force ): void {
	foreach ( array_slice( kept_rulesets( KEPT_RULESETS + 50 ), KEPT_RULESETS ) as $old ) {
		if ( $old->ID !== $in_force ) {
			wp_delete_post( $old->ID, true );
		}
	}
}

/**
 * JSON as a post may hold it: `<`, `>` and `&`, which WordPress cleans for authors without `unfiltered_html`, and characters
 * that older databases cannot hold are written as escapes. They stand in texts only, so the meaning stays.
 */
function storable_json( string $json ): string {
	$plain = str_replace( array( '<', '>', '&' ), array( '\u003c', '\u003e', '\u0026' ), $json );
	return (string) preg_replace_callback(
		'/[\x{10000}-\x{10FFFF}]/u',
		static fn ( array $found ): string => trim( (string) json_encode( $found[0] ), '"' ),
		$plain
	);
}
