<?php
/**
 * What the visitor allowed: the WP Consent API when it is active, else our own cookie.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

// All purposes of ours together are shorter than this.
const MAX_CONSENT = 200;

/**
 * The purposes granted to this request, as bits of Core\PURPOSES.
 *
 * With explicit consent (the default) nothing but `functional` is granted until the visitor said yes; the WP Consent API
 * says yes for everybody while no consent plugin asks, and that is not a visitor's yes. Global Privacy Control takes
 * `marketing` away whatever else is said, as at the edge.
 */
function read_consent(): int {
	$bits = function_exists( 'wp_has_consent' ) ? read_wp_consent( settings()['explicit_consent'] ) : read_consent_cookie();
	if ( '1' === ( $_SERVER['HTTP_SEC_GPC'] ?? '' ) ) {
		$bits &= ~Core\purpose_bits( array( 'marketing' ) );
	}
	return $bits | Core\NO_CONSENT;
}

/** The purposes of the WP Consent API, whose words are ours. */
function read_wp_consent( bool $is_explicit ): int {
	// Without a consent type nobody asks the visitor, and the interface answers yes.
	$is_asked = '' !== (string) ( function_exists( 'wp_get_consent_type' ) ? wp_get_consent_type() : '' );
	if ( $is_explicit && ! $is_asked ) {
		return read_consent_cookie();
	}
	$granted = array_filter( Core\PURPOSES, static fn ( string $purpose ): bool => true === wp_has_consent( $purpose ) );
	return Core\purpose_bits( $granted );
}

/** The purposes of our own cookie (`preferences.statistics`; `none` grants nothing); without one, what settings say. */
function read_consent_cookie(): int {
	$text = read_cookie( CONSENT_COOKIE );
	if ( '' === $text ) {
		return settings()['explicit_consent'] ? Core\NO_CONSENT : Core\purpose_bits( array( 'functional', 'preferences', 'statistics-anonymous' ) );
	}
	return strlen( $text ) > MAX_CONSENT ? Core\NO_CONSENT : Core\purpose_bits( explode( '.', $text ) );
}
