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
/** What the owner may grant for visitors who were not asked; the page's script knows the same. */
const UNASKED_PURPOSES = array( 'functional', 'preferences', 'statistics-anonymous' );
/** What an objection of the browser takes away: sharing what is known of the visitor, and personalising by it. */
const OBJECTED_PURPOSES = array( 'preferences', 'marketing' );
/** Beside the purposes in our cookie: the visitor said yes to them after they were told of their browser's objection. */
const DESPITE_OBJECTION = 'gpc';

/**
 * The purposes granted to this request, as bits of Core\PURPOSES.
 *
 * With explicit consent (the default) nothing but `functional` is granted until the visitor said yes; the WP Consent API
 * says yes for everybody while no consent plugin asks, and that is not a visitor's yes. An objection of the browser takes
 * `preferences` and `marketing` away, as at the edge, unless the visitor said yes in spite of it.
 */
function read_consent(): int {
	$bits = function_exists( 'wp_has_consent' ) ? read_wp_consent() : read_consent_cookie();
	if ( is_objecting() && ! is_despite_objection() ) {
		$bits &= ~Core\purpose_bits( OBJECTED_PURPOSES );
	}
	return $bits | Core\NO_CONSENT;
}

/** Whether the browser objects for its visitor: by Global Privacy Control, and by Do Not Track where the site obeys that. */
function is_objecting(): bool {
	return '1' === ( $_SERVER['HTTP_SEC_GPC'] ?? '' )
		|| '1' === ( $_SERVER['HTTP_DNT'] ?? '' ) && 'obey' === settings()['do_not_track'];
}

/** Whether the visitor said yes in spite of such an objection. */
function is_despite_objection(): bool {
	$text = read_cookie( CONSENT_COOKIE );
	return strlen( $text ) <= MAX_CONSENT && in_array( DESPITE_OBJECTION, explode( '.', $text ), true );
}

/**
 * The purposes of the WP Consent API, whose words are ours. Without a consent type it answers yes to everything: nobody asks the
 * visitor, or a script does of which the server knows nothing. Then it is our cookie, without what that script noted as denied.
 */
function read_wp_consent(): int {
	$is_asked = '' !== (string) ( function_exists( 'wp_get_consent_type' ) ? wp_get_consent_type() : '' );
	if ( ! $is_asked ) {
		return read_consent_cookie() & ~denied_purposes();
	}
	$granted = array_filter( Core\PURPOSES, static fn ( string $purpose ): bool => true === wp_has_consent( $purpose ) );
	return Core\purpose_bits( $granted );
}

/** The purposes to which a visitor said no in the cookies of the WP Consent API: our own cookie follows them on the next page with a script of ours. */
function denied_purposes(): int {
	$config = class_exists( 'WP_Consent_API' ) ? \WP_Consent_API::$config ?? null : null;
	$prefix = is_object( $config ) && method_exists( $config, 'consent_cookie_prefix' ) ? (string) $config->consent_cookie_prefix() : 'wp_consent';
	$denied = array_filter( Core\PURPOSES, static fn ( string $purpose ): bool => in_array( 'deny', read_cookies( "{$prefix}_{$purpose}" ), true ) );
	return Core\purpose_bits( $denied );
}

/**
 * The purposes of our own cookie (`preferences.statistics`; `none` grants nothing); without one, what settings say. What cannot be
 * read may be a refusal.
 */
function read_consent_cookie(): int {
	$text = read_cookie( CONSENT_COOKIE );
	if ( '' === $text ) {
		$is_unread  = strlen( cookie_header() ) > MAX_COOKIE_HEADER || str_contains( cookie_header(), CONSENT_COOKIE );
		$is_unasked = ! settings()['explicit_consent'] && ! $is_unread;
		return $is_unasked ? Core\purpose_bits( UNASKED_PURPOSES ) : Core\NO_CONSENT;
	}
	return strlen( $text ) > MAX_CONSENT ? Core\NO_CONSENT : Core\purpose_bits( explode( '.', $text ) );
}
