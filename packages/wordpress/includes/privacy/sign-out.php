<?php
/**
 * Whoever comes after somebody logged out begins anew.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** What would let a browser be recognised, or pages be chosen for whoever was here. What they answered to the banner is the browser's. */
const FORGOTTEN_COOKIES = array( VISITOR_COOKIE, TOKEN_COOKIE, 'attune_pin', SESSION_COOKIE, KEY_COOKIE );

/**
 * Takes away what a browser is known by; for `wp_logout`. The page's script reads that somebody went, and forgets what the browser itself
 * keeps before anything is chosen by it.
 */
function forget_at_logout(): void {
	load_room( 'visitor' );
	/**
	 * Filters whether whoever logs out is forgotten by their browser.
	 *
	 * @param bool $is_forgotten True: others may use the same browser.
	 */
	if ( headers_sent() || true !== apply_filters( 'attune_forget_at_logout', true ) ) {
		return;
	}
	foreach ( sent_cookies() as $name ) {
		setcookie( $name, '', expired_cookie( $name ) );
	}
	setcookie( GONE_COOKIE, (string) (int) ( microtime( true ) * 1000 ), gone_cookie() );
}

/**
 * What setcookie() is told of the cookie that says so: it lives as long as a browser may keep anything of before.
 *
 * @return array<string, mixed>
 */
function gone_cookie(): array {
	return array(
		'expires'  => time() + ERASED_SECONDS,
		'path'     => '/',
		'secure'   => is_ssl(),
		'samesite' => 'Lax',
	);
}

/**
 * Those of them that the request carries, by the names under which they were set.
 *
 * @return list<string>
 */
function sent_cookies(): array {
	$names = array( ...FORGOTTEN_COOKIES, ...array_map( static fn ( string $name ): string => HOST_PREFIX . $name, FORGOTTEN_COOKIES ) );
	$sent  = array_map( static fn ( string $part ): string => trim( strtok( $part, '=' ) ?: '' ), explode( ';', cookie_header() ) );
	return array_values( array_intersect( $names, $sent ) );
}

/**
 * What setcookie() is told to take one away.
 *
 * @return array<string, mixed>
 */
function expired_cookie( string $name ): array {
	return array(
		'expires'  => 1,
		'path'     => KEY_COOKIE === $name ? site_path() : '/',
		// A browser takes one of such a name only where it is secure, whoever ends TLS.
		'secure'   => is_ssl() || str_starts_with( $name, HOST_PREFIX ),
		'samesite' => 'Lax',
	);
}
