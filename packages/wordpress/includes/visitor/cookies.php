<?php
/**
 * The cookies of ours that a request carries. PHP reads them and sets none, but at a logout, which takes some away.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Signed visitor id. */
const VISITOR_COOKIE = 'attune_visitor';
/** What conditions need of the visitor's profile, signed. */
const TOKEN_COOKIE = 'attune_token';
/** Says that somebody signed out here. */
const LEFT_COOKIE = 'attune_left';
/** When whoever was here went for good, milliseconds since 1970; scripts read it. */
const GONE_COOKIE = 'attune_gone';
/** Granted purposes joined by dots, or `none`; scripts write it. */
const CONSENT_COOKIE = 'attune_consent';
/** How often the visitor came, and how far this visit is; scripts write it. */
const SESSION_COOKIE = 'attune_session';
/** In which segments the visitor is, for caches; scripts write it, for the path of their site. */
const KEY_COOKIE = 'attune_k';
/** Those that a collector or the edge wrote. */
const SIGNED_COOKIES = array( VISITOR_COOKIE, TOKEN_COOKIE, LEFT_COOKIE );
/**
 * Stands before the names of signed cookies on a site of https: a browser then takes them from this host alone, not from a
 * sibling (RFC 6265bis, section 4.1.3.2).
 */
const HOST_PREFIX = '__Host-';
// A browser keeps some 4 KB a cookie; a header past this is an attack, or nothing of it is worth the time.
const MAX_COOKIE_HEADER = 8192;

/**
 * Reads one of our cookies; '' when there is none. A name that stands twice has no value: a sibling host may have planted
 * one of them. A header over 8 KB is taken as empty.
 */
function read_cookie( string $name ): string {
	$values = read_cookies( $name );
	return 1 === count( $values ) ? $values[0] : '';
}

/**
 * Reads every value that stands under a name; a signed cookie by its name with or, unless by https, without `__Host-`.
 *
 * @return list<string>
 */
function read_cookies( string $name ): array {
	$header = cookie_header();
	$values = array();
	$names  = array( $name );
	if ( in_array( $name, SIGNED_COOKIES, true ) ) {
		$names = is_ssl() ? array( HOST_PREFIX . $name ) : array( $name, HOST_PREFIX . $name );
	}
	if ( strlen( $header ) > MAX_COOKIE_HEADER || ! str_contains( $header, $name ) ) {
		return $values;
	}
	foreach ( explode( ';', $header ) as $part ) {
		$pair = explode( '=', $part, 2 );
		if ( 2 === count( $pair ) && in_array( trim( $pair[0] ), $names, true ) ) {
			$values[] = trim( $pair[1] );
		}
	}
	return $values;
}

/** All cookies, as they came. */
function cookie_header(): string {
	$header = $_SERVER['HTTP_COOKIE'] ?? '';
	return is_string( $header ) ? $header : '';
}
