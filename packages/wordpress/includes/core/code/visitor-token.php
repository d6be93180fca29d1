<?php
/**
 * The visitor token: a profile that its visitor carries, signed.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** A token is trusted for this many seconds after it was issued: 24 hours. */
const TOKEN_SECONDS = 86400;

/** The longest token that is read or issued, in characters: browsers keep cookies of 4 KB. */
const MAX_TOKEN = 3800;

// Clocks of servers differ by less than this many seconds.
const TOKEN_SKEW = 60;

/** What a visitor token carries. */
final class Visitor_Token {
	/**
	 * @param int  $issued_at  Whole seconds.
	 * @param ?int $utc_offset Minutes east of UTC where the visitor's browser is, when it said so.
	 */
	public function __construct(
		public readonly Profile $profile,
		public readonly int $issued_at,
		public readonly ?int $utc_offset = null
	) {
	}
}

/**
 * Writes a token bound to site and visitor; null when the profile is too large for a cookie, or was folded for another
 * plan: what it did not watch would read as what never happened.
 *
 * @param array $compiled A compiled ruleset.
 */
function encode_token(
	#[\SensitiveParameter] array $keys,
	string $site,
	string $visitor,
	array $compiled,
	Visitor_Token $token
): ?string {
	if ( $token->profile->plan !== $compiled['plan']['id'] ) {
		return null;
	}
	$profile = pack_profile( $token->profile, $compiled['plan'], $token->issued_at );
	$packed  = array( token_tag( $compiled ), $token->issued_at, $token->utc_offset, $profile );
	$text    = seal( $keys, 'token', owner_binding( $site, $visitor ), to_payload( $packed ) );
	return strlen( $text ) <= MAX_TOKEN ? $text : null;
}

/**
 * Reads a token; null when it is not ours, somebody else's, of another revision, expired, or issued after `$now_s` by more
 * than a minute.
 *
 * @param array $compiled A compiled ruleset.
 * @param int   $now_s    Whole seconds.
 */
function decode_token(
	#[\SensitiveParameter] array $keys,
	string $site,
	string $visitor,
	array $compiled,
	string $token,
	int $now_s
): ?Visitor_Token {
	if ( strlen( $token ) > MAX_TOKEN ) {
		return null;
	}
	$payload = unseal( $keys, 'token', owner_binding( $site, $visitor ), $token );
	$packed  = null === $payload ? null : from_payload( $payload );
	if ( ! is_array( $packed ) || ( $packed[0] ?? null ) !== token_tag( $compiled ) ) {
		return null;
	}
	$issued_at = $packed[1] ?? null;
	if ( ! is_int( $issued_at ) || $issued_at > $now_s + TOKEN_SKEW || $issued_at <= $now_s - TOKEN_SECONDS ) {
		return null;
	}
	$profile = unpack_profile( $packed[3] ?? null, $compiled['plan'], $issued_at );
	if ( null === $profile ) {
		return null;
	}
	$utc_offset = $packed[2] ?? null;
	return new Visitor_Token( $profile, $issued_at, is_int( $utc_offset ) ? $utc_offset : null );
}

/** What binds a sealed text to one visitor of one site. */
function owner_binding( string $site, string $visitor ): string {
	return json_text( array( $site, $visitor ) );
}

function token_tag( array $compiled ): string {
	$hash = murmur3( $compiled['revision'] . "\n" . $compiled['plan']['id'] );
	return base_convert( (string) $hash, 10, 36 );
}
