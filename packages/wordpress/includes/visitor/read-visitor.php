<?php
/**
 * Who looks, when they let us know.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The keys that open what a collector or the edge signed for this site; made once a request and site of a network. */
function seal_keys(): array {
	static $keys = array();
	return $keys[ get_current_blog_id() ] ??= Core\create_seal_keys( secrets() );
}

/** The visitor's id from its signed cookie; null when there is none or it is not ours. Ask only with consent. */
function read_visitor(): ?string {
	$text = read_cookie( VISITOR_COOKIE );
	if ( '' === $text ) {
		return null;
	}
	load_code();
	// An answer to what was asked before a sign-out may bring the account's cookie back.
	if ( Core\is_account_cookie( $text ) && array() !== read_cookies( LEFT_COOKIE ) ) {
		return null;
	}
	return Core\read_visitor( seal_keys(), settings()['site'], $text );
}

/**
 * What the visitor's session is counted in; '' when there is none. Ask only with consent. A page that asks for fragments says what stood
 * in the cookie when it was asked for itself: by now it counts among the page views.
 */
function read_session_text(): string {
	$said = is_rest_request() ? $_SERVER['HTTP_ATTUNE_SESSION'] ?? '' : '';
	return is_string( $said ) && '' !== $said ? $said : read_cookie( SESSION_COOKIE );
}
