<?php
/**
 * Which visitor a user is: kept only where a collector holds profiles, so that a user's wish to see or erase them can be met.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** User meta: visitor → seconds since 1970 when they last logged in as this user. */
const VISITORS_META = '_attune_visitors';
/** The most browsers of one user that are remembered. */
const MAX_VISITORS = 20;

/** Notes it when somebody logs in who agreed to preferences; for `wp_login`. */
function link_visitor( mixed $login, mixed $user ): void {
	if ( ! $user instanceof \WP_User || '' === settings()['collector'] ) {
		return;
	}
	load_stage();
	$visitor = Core\is_granted( read_consent(), 'preferences' ) ? read_visitor() : null;
	if ( null === $visitor ) {
		return;
	}
	$linked = array( $visitor => time() ) + linked_visitors( $user->ID );
	update_user_meta( $user->ID, VISITORS_META, array_slice( $linked, 0, MAX_VISITORS, true ) );
}

/**
 * The visitors that a user was.
 *
 * @return array<string, int> Visitor → when, the latest first.
 */
function linked_visitors( int $user ): array {
	$kept = get_user_meta( $user, VISITORS_META, true );
	return is_array( $kept ) ? array_filter( $kept, 'is_int' ) : array();
}
