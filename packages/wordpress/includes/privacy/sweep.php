<?php
/**
 * Forgetting in time.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The most users that one run looks at; the rest is for the next. */
const MAX_SWEPT = 1000;

/**
 * Removes facts of buyers whose last order, and visitors whose last login, lies longer ago than the settings keep them, and that a
 * person was erased once no browser can keep anything of before. Timed.
 *
 * @param ?int $now Seconds since 1970; the present when left out.
 * @return int How many entries went.
 */
function sweep( ?int $now = null ): int {
	$now    = is_int( $now ) ? $now : time();
	$before = $now - settings()['keep_days'] * DAY_IN_SECONDS;
	$gone   = 0;
	foreach ( users_with( FACTS_META ) as $user ) {
		$facts = get_user_meta( $user, FACTS_META, true );
		if ( ! is_array( $facts ) || (int) ( $facts['last'] ?? 0 ) < $before ) {
			$gone += (int) delete_user_meta( $user, FACTS_META );
		}
	}
	foreach ( users_with( VISITORS_META ) as $user ) {
		$linked = linked_visitors( $user );
		$kept   = array_filter( $linked, static fn ( int $when ): bool => $when >= $before );
		if ( array() === $kept ) {
			$gone += (int) delete_user_meta( $user, VISITORS_META );
		} elseif ( count( $kept ) < count( $linked ) ) {
			update_user_meta( $user, VISITORS_META, $kept );
			++$gone;
		}
	}
	foreach ( users_with( ERASED_META ) as $user ) {
		if ( (int) get_user_meta( $user, ERASED_META, true ) < $now - ERASED_SECONDS ) {
			$gone += (int) delete_user_meta( $user, ERASED_META );
		}
	}
	return $gone;
}

/**
 * Users who have some meta; each run goes on where the last one ended.
 *
 * @return list<int>
 */
function users_with( string $meta ): array {
	$after = (int) get_option( "attune_swept$meta", 0 );
	$users = array_map( 'intval', user_ids_after( $meta, $after ) );
	if ( array() === $users && $after > 0 ) {
		$users = array_map( 'intval', user_ids_after( $meta, 0 ) );
	}
	update_option( "attune_swept$meta", count( $users ) < MAX_SWEPT ? 0 : max( $users ), false );
	return $users;
}

/**
 * The next users by id.
 *
 * @return list<string>
 */
function user_ids_after( string $meta, int $after ): array {
	global $wpdb;
	return $wpdb->get_col( $wpdb->prepare( "SELECT DISTINCT user_id FROM {$wpdb->usermeta} WHERE meta_key = %s AND user_id > %d ORDER BY user_id LIMIT %d", $meta, $after, MAX_SWEPT ) );
}
