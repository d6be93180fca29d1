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

/** Reads a signed visitor id; null when it is not ours. */
function read_visitor( #[\SensitiveParameter] array $keys, string $site, string $text ): ?string {
	if ( strlen( $text ) > MAX_VISITOR_COOKIE ) {
		return null;
	}
	$visitor = unseal( $keys, 'visitor', $site, $text );
	return null !== $visitor && 1 === preg_match( '/\A[A-Za-z0-9_-]{22}\z/', $visitor ) ? $visitor : null;
}
