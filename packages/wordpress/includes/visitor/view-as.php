<?php
/**
 * View as: an editor looks at the site as somebody in chosen segments. The link is signed, ends, and is its maker's alone.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The query parameter of such a link. */
const VIEW_PARAMETER = 'attune_view';
// A link is short; what is longer is none.
const MAX_VIEW = 8192;

/**
 * Signs what the user who is logged in wants to look as.
 *
 * @param array<string, bool> $segments Segment → whether it is taken to match.
 * @param int                 $until    Whole seconds since 1970 from which it is void.
 */
function view_token( array $segments, int $until ): string {
	$view = array(
		'exp'    => $until,
		'assume' => (object) $segments,
		'user'   => get_current_user_id(),
	);
	load_code();
	return Core\seal( seal_keys(), 'preview', settings()['site'], Core\to_payload( $view ) );
}

/**
 * Reads what somebody signed; null when it is not ours, another user's, or void.
 *
 * @param int $now Whole seconds since 1970.
 * @return ?array<string, bool> Segment → whether it is taken to match.
 */
function decode_view( string $text, int $user, int $now ): ?array {
	load_code();
	$payload = strlen( $text ) > MAX_VIEW ? null : Core\unseal( seal_keys(), 'preview', settings()['site'], $text );
	$view    = null === $payload ? null : Core\from_payload( $payload );
	if ( ! $view instanceof \stdClass || ( $view->user ?? null ) !== $user || ! is_int( $view->exp ?? null ) || $view->exp <= $now ) {
		return null;
	}
	return array_filter( (array) ( $view->assume ?? array() ), 'is_bool' );
}

/**
 * What this request is to be looked at as; null for what it is. Only editors who are logged in may, and only by a link of
 * their own.
 *
 * @param int $now Whole seconds since 1970.
 * @return ?array<string, bool>
 */
function read_view( int $now ): ?array {
	// The link is signed; a nonce would say nothing more.
	$text = $_GET[ VIEW_PARAMETER ] ?? null; // phpcs:ignore WordPress.Security.NonceVerification.Recommended
	if ( ! is_string( $text ) || ! is_user_logged_in() || ! current_user_can( 'edit_posts' ) ) {
		return null;
	}
	return decode_view( $text, get_current_user_id(), $now );
}
