<?php
/**
 * The handshake of an edge of ours: only to it are all variants handed out for it to choose from.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

const HANDSHAKE_PATTERN = '/\Av1\.([0-9]{1,12})\.([0-9a-f]{64})\z/';
/** Seconds for which a handshake holds, before and after its time. */
const HANDSHAKE_SECONDS = 300;

/** Whether this request carries `X-Attune-Edge: v1.<unix>.<HMAC-SHA256(secret, "edge\n<unix>\n<host>") in hex>` of now. */
function is_edge_request(): bool {
	$header = $_SERVER['HTTP_X_ATTUNE_EDGE'] ?? null;
	return is_string( $header ) && is_handshake( $header, (string) ( $_SERVER['HTTP_HOST'] ?? '' ), time() );
}

/** Whether a handshake is signed with one of our secrets, for this host, within five minutes. */
function is_handshake( string $header, string $host, int $now ): bool {
	if ( 1 !== preg_match( HANDSHAKE_PATTERN, $header, $parts ) || abs( $now - (int) $parts[1] ) > HANDSHAKE_SECONDS ) {
		return false;
	}
	foreach ( secrets() as $secret ) {
		if ( hash_equals( hash_hmac( 'sha256', "edge\n{$parts[1]}\n{$host}", $secret ), $parts[2] ) ) {
			return true;
		}
	}
	return false;
}
