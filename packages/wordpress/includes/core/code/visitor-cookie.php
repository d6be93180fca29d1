<?php
/**
 * The signed visitor id of a cookie.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

// Ours are about 50 characters long.
const MAX_VISITOR_COOKIE = 200;

/** Signs a visitor id of ours (22 characters of base64url) for its cookie. */
function sign_visitor( #[\SensitiveParameter] array $keys, string $site, string $visitor ): string {
	return seal( $keys, 'visitor', $site, $visitor );
}

/** Tells whether a cookie that `read_visitor` reads was written for somebody who signed in: behind the version, the key's four characters and the id. */
function is_account_cookie( string $text ): bool {
	return 'a' === substr( $text, 30, 1 );
}

/** Reads a signed visitor id; null when it is not ours. */
function read_visitor( #[\SensitiveParameter] array $keys, string $site, string $text ): ?string {
	if ( strlen( $text ) > MAX_VISITOR_COOKIE ) {
		return null;
	}
	$visitor = unseal( $keys, 'visitor', $site, $text );
	// An `a` behind the id says that somebody signed in.
	return null !== $visitor && 1 === preg_match( '/\A[A-Za-z0-9_-]{22}a?\z/', $visitor ) ? substr( $visitor, 0, 22 ) : null;
}
