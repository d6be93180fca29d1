<?php
/**
 * Signed texts of ours, readable by anybody and written by nobody else: `v1~<key id>~<payload>~<mac>`.
 *
 * What a seal is for is its kind: `visitor`, `token`, `pin`, `code` or `preview`. A seal of one kind never opens as another.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

const SEAL_VERSION   = 'v1';
const SEAL_SEPARATOR = '~';

/** The fewest characters of a secret. */
const MIN_SECRET = 32;

// 128 bits of an HMAC-SHA256, as RFC 2104 section 5 allows.
const MAC_BYTES = 16;

/**
 * Prepares signing keys from secrets, the newest first: the first seals, every one opens. A list, or a text with commas between.
 * Each secret has at least 32 characters; a key's id is made from its secret and says nothing about it.
 *
 * @return non-empty-list<array{ id: string, secret: string }>
 * @throws \InvalidArgumentException When there is none or one is too short.
 */
function create_seal_keys( #[\SensitiveParameter] string|array $secrets ): array {
	$list = is_string( $secrets ) ? preg_split( '/\s*,\s*/', $secrets ) : array_values( $secrets );
	if ( array() === $list ) {
		throw new \InvalidArgumentException( '[core] create_seal_keys: no secret is given. Set at least one of 32 characters.' );
	}
	return array_map( create_seal_key( ... ), $list );
}

/** Seals a payload of [A-Za-z0-9_-]: whoever opens it with the same kind and binding knows that we wrote it. */
function seal( #[\SensitiveParameter] array $keys, string $kind, string $binding, string $payload ): string {
	$body = implode( SEAL_SEPARATOR, array( SEAL_VERSION, $keys[0]['id'], $payload ) );
	return $body . SEAL_SEPARATOR . sign_seal( $keys[0]['secret'], $kind, $binding, $body );
}

/** Opens a sealed text; null when it is not ours, of another kind, for another binding, or changed. */
function unseal( #[\SensitiveParameter] array $keys, string $kind, string $binding, string $text ): ?string {
	$parts = explode( SEAL_SEPARATOR, $text, 5 );
	if ( 4 !== count( $parts ) || SEAL_VERSION !== $parts[0] ) {
		return null;
	}
	list( , $id, $payload, $mac ) = $parts;
	foreach ( $keys as $key ) {
		if ( $key['id'] === $id ) {
			$body = substr( $text, 0, -strlen( $mac ) - 1 );
			return hash_equals( sign_seal( $key['secret'], $kind, $binding, $body ), $mac ) ? $payload : null;
		}
	}
	return null;
}

function create_seal_key( #[\SensitiveParameter] string $secret ): array {
	$length = utf16_length( $secret );
	if ( $length < MIN_SECRET ) {
		throw new \InvalidArgumentException(
			"[core] create_seal_keys: the secret has {$length} characters. Use at least " . MIN_SECRET . ', for example from `openssl rand -base64 33`.'
		);
	}
	return array(
		'id'     => substr( to_base64_url( hash_hmac( 'sha256', 'attune key id', $secret, true ) ), 0, 4 ),
		'secret' => $secret,
	);
}

// Lengths stand before what varies, so that no two different askings give the same message.
function sign_seal( #[\SensitiveParameter] string $secret, string $kind, string $binding, string $body ): string {
	$message = "{$kind}\n" . utf16_length( $binding ) . "\n{$binding}\n{$body}";
	return to_base64_url( substr( hash_hmac( 'sha256', $message, $secret, true ), 0, MAC_BYTES ) );
}
