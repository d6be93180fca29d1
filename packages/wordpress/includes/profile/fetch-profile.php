<?php
/**
 * Reading a profile from the collector, under a deadline.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Milliseconds that the collector may take, its name looked up and its answer read. */
const PROFILE_DEADLINE = 25;
// A profile at rest is smaller.
const MAX_PROFILE = 262144;

/**
 * Asks the collector for a visitor's profile; null when it does not know the visitor.
 *
 * The question is `GET <collector>/profile?visitor=<id>` with `Attune-Signature: v1.<unix>.<hex>`, the HMAC-SHA256 under the
 * shared secret of "profile\n<unix>\n<site>\n<visitor>": only those who share the secret may read profiles.
 *
 * @param int $now Whole seconds since 1970.
 * @throws \RuntimeException When it gave no answer in time, or none that is a profile.
 */
function fetch_profile( string $collector, string $site, string $visitor, int $now ): ?Core\Profile {
	load_core();
	$mac  = hash_hmac( 'sha256', "profile\n{$now}\n{$site}\n{$visitor}", secrets()[0] );
	$url  = rtrim( $collector, '/' ) . '/profile?visitor=' . rawurlencode( $visitor );
	$text = fetch_in_time( $url, "Attune-Signature: v1.{$now}.{$mac}" );
	if ( null === $text ) {
		return null;
	}
	$read = Core\read_json( $text );
	if ( ! $read->ok || ! $read->value instanceof \stdClass ) {
		throw new \RuntimeException( '[attune] fetch_profile: the collector answered something that is no profile. Check the collector address in the settings.' );
	}
	return Core\parse_profile( $read->value );
}

/**
 * One GET under the deadline; null for 404. WordPress's own HTTP functions wait a second at least.
 *
 * @throws \RuntimeException When there was no sound answer in time.
 */
function fetch_in_time( string $url, string $header ): ?string {
	if ( ! function_exists( 'curl_init' ) ) {
		throw new \RuntimeException( '[attune] fetch_profile: PHP has no curl. Install php-curl, or leave the collector to the browser.' );
	}
	$body   = '';
	$handle = curl_init( $url );
	curl_setopt_array(
		$handle,
		array(
			CURLOPT_HTTPHEADER     => array( $header, 'Accept: application/json' ),
			CURLOPT_TIMEOUT_MS     => PROFILE_DEADLINE,
			// Without it a timeout below a second fails at once where names are looked up by the system.
			CURLOPT_NOSIGNAL       => true,
			CURLOPT_FOLLOWLOCATION => false,
			CURLOPT_PROTOCOLS      => CURLPROTO_HTTP | CURLPROTO_HTTPS,
			CURLOPT_WRITEFUNCTION  => static function ( mixed $_, string $part ) use ( &$body ): int {
				$body .= $part;
				return strlen( $body ) > MAX_PROFILE ? 0 : strlen( $part );
			},
		)
	);
	$came   = curl_exec( $handle );
	$status = curl_getinfo( $handle, CURLINFO_RESPONSE_CODE );
	if ( true === $came && 404 === $status ) {
		return null;
	}
	if ( true !== $came || 200 !== $status ) {
		throw new \RuntimeException( '[attune] fetch_profile: ' . ( true === $came ? "the collector answered {$status}" : curl_error( $handle ) ) . '.' );
	}
	return $body;
}
