<?php
/**
 * The index of what posts use: kept at each save, so that nothing is searched when it is asked.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Post meta, one entry per segment that the post uses. */
const SEGMENTS_META = '_attune_segments';
/** Post meta, one entry per synced pattern that the post shows. */
const PATTERNS_META = '_attune_patterns';
/** The most posts that an answer names. */
const MAX_POSTS = 500;

/** Notes what a saved post uses; for `save_post`. */
function index_post( int $post_id, \WP_Post $post ): void {
	if ( RULESET_TYPE === $post->post_type || wp_is_post_revision( $post ) || wp_is_post_autosave( $post ) ) {
		return;
	}
	$changes = note_usage( $post );
	if ( 'wp_block' === $post->post_type ) {
		foreach ( posts_with( PATTERNS_META, (string) $post_id ) as $user ) {
			$using = get_post( $user );
			if ( null !== $using && $user !== $post_id ) {
				$changes = note_usage( $using ) || $changes;
			}
		}
	}
	if ( $changes ) {
		forget_public_ruleset();
	}
}

/** A post that goes takes its placements along; for `before_delete_post`. */
function forget_post( int $post_id ): void {
	if ( array() !== get_post_meta( $post_id, PLACEMENTS_META ) ) {
		forget_public_ruleset();
	}
}

/**
 * Writes what a post uses; touches nothing when it used and uses nothing. Tells whether it had or has placements. One whose id is
 * somebody else's is not noted: nothing is decided by it.
 */
function note_usage( \WP_Post $post ): bool {
	$usage               = usage_of_content( $post->post_content );
	$taken               = array() === $usage['placements'] ? array() : ids_taken_from_others( $post );
	$usage['placements'] = array_values( array_filter( $usage['placements'], static fn ( array $one ): bool => ! in_array( $one['id'], $taken, true ) ) );
	$had   = array() !== get_post_meta( $post->ID, PLACEMENTS_META );
	note_list( $post->ID, SEGMENTS_META, $usage['segments'] );
	note_list( $post->ID, PATTERNS_META, array_map( 'strval', $usage['patterns'] ) );
	if ( array() !== $usage['placements'] ) {
		update_post_meta( $post->ID, PLACEMENTS_META, wp_slash( $usage['placements'] ) );
		return true;
	}
	return $had && delete_post_meta( $post->ID, PLACEMENTS_META );
}

/**
 * Makes one entry per text.
 *
 * @param list<string> $texts Each once.
 */
function note_list( int $post_id, string $meta, array $texts ): void {
	$noted = get_post_meta( $post_id, $meta );
	foreach ( array_diff( $noted, $texts ) as $gone ) {
		delete_post_meta( $post_id, $meta, wp_slash( $gone ) );
	}
	foreach ( array_diff( $texts, $noted ) as $new ) {
		add_post_meta( $post_id, $meta, wp_slash( $new ) );
	}
}

/**
 * The posts, of any type and status, that use a segment.
 *
 * @return list<int> Ids, the newest first, at most 500.
 */
function posts_using_segment( string $key ): array {
	return posts_with( SEGMENTS_META, $key );
}

/**
 * The posts with one entry of the index.
 *
 * @return list<int>
 */
function posts_with( string $meta, ?string $value = null, array $more = array() ): array {
	$asked = array(
		'post_type'        => array_diff( get_post_types(), array( 'revision', RULESET_TYPE ) ),
		'post_status'      => array_diff( get_post_stati(), array( 'trash', 'auto-draft', 'inherit' ) ),
		'numberposts'      => MAX_POSTS,
		'fields'           => 'ids',
		'meta_key'         => $meta,
		'suppress_filters' => true,
		'no_found_rows'    => true,
	);
	return get_posts( $more + ( null === $value ? $asked : $asked + array( 'meta_value' => $value ) ) );
}

/**
 * Segment → how many posts use it, by one query.
 *
 * @return array<string, int>
 */
function usage_counts(): array {
	global $wpdb;
	$rows   = $wpdb->get_results(
		$wpdb->prepare(
			"SELECT m.meta_value AS segment, COUNT( DISTINCT m.post_id ) AS posts FROM {$wpdb->postmeta} m
			JOIN {$wpdb->posts} p ON p.ID = m.post_id
			WHERE m.meta_key = %s AND p.post_status NOT IN ( 'trash', 'auto-draft', 'inherit' ) GROUP BY m.meta_value",
			SEGMENTS_META
		)
	);
	$counts = array();
	foreach ( is_array( $rows ) ? $rows : array() as $row ) {
		$counts[ $row->segment ] = (int) $row->posts;
	}
	return $counts;
}
