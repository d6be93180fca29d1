<?php
/**
 * The signature that lets a browser ask for a placement of a post, and for nothing else.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** What stands behind the last dot of `data-fragment`: 22 characters of base64url, by the newest secret. */
function fragment_signature( int $post, string $placement ): string {
	return sign_fragment( $post, $placement, secrets()[0] );
}

/** Whether one of the live secrets made a signature. */
function is_fragment_signature( int $post, string $placement, string $signature ): bool {
	foreach ( secrets() as $secret ) {
		if ( hash_equals( sign_fragment( $post, $placement, $secret ), $signature ) ) {
			return true;
		}
	}
	return false;
}

/** The signature by one secret: the first 22 characters of base64url of an HMAC-SHA256. */
function sign_fragment( int $post, string $placement, #[\SensitiveParameter] string $secret ): string {
	$mac = hash_hmac( 'sha256', "fragment\n$post\n$placement", $secret, true );
	return substr( strtr( base64_encode( $mac ), '+/', '-_' ), 0, 22 );
}
