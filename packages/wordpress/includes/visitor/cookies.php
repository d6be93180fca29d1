<?php
/**
 * The cookies of ours that a request carries. PHP reads them and never sets one.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Signed visitor id. */
const VISITOR_COOKIE = 'attune_visitor';
/** What conditions need of the visitor's profile, signed. */
const TOKEN_COOKIE = 'attune_token';
/** Granted purposes joined by dots, or `none`; scripts write it. */
const CONSENT_COOKIE = 'attune_consent';
/** In which segments the visitor is, for caches; scripts write it. */
const KEY_COOKIE = 'attune_k';
// A browser keeps some 4 KB a cookie; a header past this is an attack, or nothing of it is worth the time.
const MAX_COOKIE_HEADER = 8192;

/**
 * Reads one of our cookies; '' when there is none. A name that stands twice has no value: a sibling host may have planted
 * one of them. A header over 8 KB is taken as empty.
 */
function read_cookie( string $name ): string {
	$header = $_SERVER['HTTP_COOKIE'] ?? '';
	if ( ! is_string( $header ) || strlen( $header ) > MAX_COOKIE_HEADER || ! str_contains( $header, $name ) ) {
		return '';
	}
	$found = null;
	foreach ( explode( ';', $header ) as $part ) {
		$pair = explode( '=', $part, 2 );
		if ( 2 === count( $pair ) && trim( $pair[0] ) === $name ) {
			$found = null === $found ? trim( $pair[1] ) : '';
		}
	}
	return $found ?? '';
}
