<?php
/**
 * Forgetting a page when time changes it: a schedule begins or ends, a sale is over.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** So many addresses are timed each for itself; with more of them, all pages are forgotten at once. */
const MAX_TIMED = 200;

/**
 * Sees that a page is forgotten when time changes it; for `attune_horizon`.
 *
 * @param int $until Seconds since 1970.
 * @param int $post  The post that the page shows; 0 for none.
 */
function purge_later( int $until, int $post ): void {
	// What lies further off than a week is looked at again before.
	if ( $until >= time() + WEEK_IN_SECONDS || is_404() || null === cache_adapter() ) {
		return;
	}
	if ( $post > 0 && is_singular() ) {
		schedule_purge( $until, 'attune_purge_post', $post );
		return;
	}
	$url    = address_of_page();
	$is_new = '' !== $url && false === wp_next_scheduled( 'attune_purge_url', array( $url ) );
	schedule_purge( $until, 'attune_purge_url', $is_new && count_timed( 'attune_purge_url' ) >= MAX_TIMED ? '' : $url );
}

/** Puts one forgetting on the clock, unless an earlier one is: the page made then sees to the later one. */
function schedule_purge( int $until, string $hook, int|string $what ): void {
	$next = wp_next_scheduled( $hook, array( $what ) );
	if ( false === $next || $next > $until ) {
		wp_unschedule_event( (int) $next, $hook, array( $what ) );
		wp_schedule_single_event( $until, $hook, array( $what ) );
	}
}

/** The address of the page that is being made, without its query; '' where the query alone says which page it is. */
function address_of_page(): string {
	$path = (string) ( $GLOBALS['wp']->request ?? '' );
	if ( '' === $path ) {
		return is_home() || is_front_page() ? home_url( '/' ) : '';
	}
	// Where the web server rewrites nothing WordPress reads the path behind its file, without it.
	return home_url( user_trailingslashit( '/' . $GLOBALS['wp_rewrite']->root . $path ) );
}

/** How many of a hook's events are on the clock. */
function count_timed( string $hook ): int {
	return array_sum( array_map( static fn ( mixed $hooks ): int => is_array( $hooks ) ? count( $hooks[ $hook ] ?? array() ) : 0, _get_cron_array() ) );
}

/** Forgets the pages of one post; timed. */
function purge_post( int $post ): void {
	cache_adapter()?->purge_posts( array( $post ) );
}

/** Forgets the page at one address, or with '' all pages; timed. */
function purge_url( string $url ): void {
	$cache = cache_adapter();
	'' === $url ? $cache?->purge_all() : $cache?->purge_urls( array( $url ) );
}
