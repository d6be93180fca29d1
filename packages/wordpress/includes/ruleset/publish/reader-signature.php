<?php
/**
 * How a host that shares the secret asks for a ruleset: to it alone all of it is given.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Seconds for which a question is believed, before and after its time. */
const READER_SECONDS = 300;

/**
 * The header `Attune-Signature` of a question: `v1.<unix>.<hex>`, the HMAC-SHA256 of "ruleset\n<unix>".
 *
 * @param int $now Whole seconds since 1970.
 */
function reader_signature( int $now, #[\SensitiveParameter] string $secret ): string {
	return "v1.{$now}." . hash_hmac( 'sha256', "ruleset\n{$now}", $secret );
}

/** Whether a question is signed with one of our secrets, within five minutes. */
function is_reader( string $header, int $now ): bool {
	if ( 1 !== preg_match( '/\Av1\.([0-9]{1,12})\.[0-9a-f]{64}\z/', $header, $parts ) || abs( $now - (int) $parts[1] ) > READER_SECONDS ) {
		return false;
	}
	foreach ( secrets() as $secret ) {
		if ( hash_equals( reader_signature( (int) $parts[1], $secret ), $header ) ) {
			return true;
		}
	}
	return false;
}
