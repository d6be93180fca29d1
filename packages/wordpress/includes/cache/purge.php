<?php
/**
 * Letting caches forget what a change makes wrong, and nothing else.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** With more posts than this, forgetting everything is quicker. */
const MAX_PURGED = 200;

/** The settings that the script of every page is told, be there placements or not: see page_config(). */
const TOLD_SETTINGS = array( 'explicit_consent', 'do_not_track', 'collector', 'site' );

/**
 * Forgets the pages that settings change; for `attune_settings_saved`. Where the owner now wants a stated yes, no page may go on
 * taking silence for one.
 *
 * @param array<string, mixed> $after  As they hold now.
 * @param array<string, mixed> $before As they held.
 */
function purge_for_settings( array $after, array $before ): void {
	$told = array_flip( TOLD_SETTINGS );
	if ( array_intersect_key( $after, $told ) === array_intersect_key( $before, $told ) ) {
		purge_placements();
	} else {
		purge_pages( array(), true );
	}
}

/** Forgets every page that a ruleset decides on; for `attune_ruleset_published`. */
function purge_placements(): void {
	load_room( 'ruleset/publish' );
	purge_pages( array_values( array_unique( array_merge( posts_with( SEGMENTS_META ), posts_with( PLACEMENTS_META ), posts_with( PATTERNS_META ) ) ) ) );
}

/** Forgets the pages that show a synced pattern, template or part when it is saved; for `save_post`. */
function purge_users_of( int $post_id, \WP_Post $post ): void {
	$uses = str_contains( $post->post_content, 'attune' );
	if ( 'wp_block' === $post->post_type ) {
		$users = posts_with( PATTERNS_META, (string) $post_id );
		if ( array() !== $users ) {
			purge_pages( $users );
		}
	} elseif ( $uses && in_array( $post->post_type, array( 'wp_template', 'wp_template_part', 'wp_navigation' ), true ) ) {
		cache_adapter()?->purge_all();
	}
}

/**
 * Forgets the pages of posts; of posts that stand on any page, all pages.
 *
 * @param list<int> $ids    Posts.
 * @param bool      $is_all All pages in any case.
 */
function purge_pages( array $ids, bool $is_all = false ): void {
	$types  = array_unique( array_map( static fn ( int $id ): string => (string) get_post_type( $id ), $ids ) );
	$is_all = $is_all || count( $ids ) > MAX_PURGED || array() !== array_filter( $types, static fn ( string $type ): bool => ! is_post_type_viewable( $type ) )
		|| has_widgets_of_ours();
	$cache  = cache_adapter();
	/**
	 * Pages changed: for caches that no adapter knows.
	 *
	 * @param list<int> $ids    Their posts.
	 * @param bool      $is_all Whether every page of the site may have changed.
	 */
	do_action( 'attune_purge', $ids, $is_all );
	if ( null !== $cache && $is_all ) {
		$cache->purge_all();
	} elseif ( null !== $cache && array() !== $ids ) {
		$cache->purge_posts( $ids );
	}
}

/** Whether a widget holds a placement, and with it every page. */
function has_widgets_of_ours(): bool {
	foreach ( array( 'widget_block', 'widget_text', 'widget_custom_html' ) as $option ) {
		if ( str_contains( (string) wp_json_encode( get_option( $option ) ), 'attune' ) ) {
			return true;
		}
	}
	return false;
}
