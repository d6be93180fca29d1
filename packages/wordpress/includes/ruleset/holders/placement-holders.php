<?php
/**
 * Who has the id of a placement: two posts may name one alike, and then one of them must be right.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Post meta, one entry: the list of the post's placements. */
const PLACEMENTS_META = '_attune_placements';
/** The most posts that are told of with one id. */
const MAX_HOLDERS = 50;

/**
 * The posts in whose own blocks a placement has an id, and of which it was noted, drafts aside, the oldest first: the first decides wherever
 * there can be one only.
 *
 * @param int $except A post that is not asked for.
 * @return list<int>
 */
function placement_holders( string $id, int $except = 0 ): array {
	global $wpdb;
	$key   = 'holders:' . $id . ':' . wp_cache_get_last_changed( 'posts' );
	$found = wp_cache_get( $key, 'attune' );
	if ( ! is_array( $found ) ) {
		$asked = $wpdb->prepare(
			"SELECT p.ID FROM {$wpdb->posts} p JOIN {$wpdb->postmeta} m ON m.post_id = p.ID
			WHERE m.meta_key = %s AND m.meta_value LIKE %s AND p.post_content LIKE %s
			AND p.post_status IN ( 'publish', 'private', 'future' ) ORDER BY p.ID LIMIT %d",
			PLACEMENTS_META,
			'%' . $wpdb->esc_like( '"' . $id . '"' ) . '%',
			'%' . $wpdb->esc_like( '"placementId":"' . $id . '"' ) . '%',
			MAX_HOLDERS
		);
		$found = array_map( 'intval', $wpdb->get_col( $asked ) );
		wp_cache_set( $key, $found, 'attune', DAY_IN_SECONDS );
	}
	return array_values( array_diff( $found, array( $except ) ) );
}
