<?php
/**
 * The profile of the visitor who looks.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Loads the visitor's profile: from the visitor token; else, with a collector, from one read of it under 25 ms; else nobody is
 * known. What the shop knows of a buyer who is logged in is among the traits.
 *
 * @param array<string, mixed> $ruleset As load_ruleset() gives it.
 * @param ?string              $visitor Id of a visitor who agreed to `preferences`.
 * @param int                  $now     Whole seconds since 1970.
 */
function load_profile( array $ruleset, ?string $visitor, int $now ): Loaded_Profile {
	if ( null === $visitor ) {
		// What the browser keeps is not heard of here beyond its key, which ends long before the profile does: without one, somebody
		// who came a hundred times is not to be taken for a newcomer.
		return '' === settings()['collector'] ? new Loaded_Profile( unheard_profile(), 'browser' ) : nobody_known( $ruleset );
	}
	$token = read_token( $ruleset, $visitor, $now );
	if ( null !== $token ) {
		return new Loaded_Profile( $token->profile, 'token', $token->utc_offset );
	}
	if ( '' === settings()['collector'] ) {
		return nobody_known( $ruleset );
	}
	try {
		$profile = fetch_profile( settings()['collector'], settings()['site'], $visitor, $now );
		return null === $profile ? nobody_known( $ruleset ) : new Loaded_Profile( $profile, 'collector' );
	} catch ( \Exception $error ) {
		report_error( $error, 'load-profile' );
		// Deciding on a profile that did not come would take everybody for newcomers.
		return new Loaded_Profile( unheard_profile(), 'failed' );
	}
}

/**
 * The visitor token of the request. A collector that reads its ruleset from this site knows it under another revision.
 *
 * @param array<string, mixed> $ruleset As load_ruleset() gives it.
 */
function read_token( array $ruleset, string $visitor, int $now ): ?Core\Visitor_Token {
	$text = read_cookie( TOKEN_COOKIE );
	if ( '' === $text ) {
		return null;
	}
	load_code();
	$read = static fn ( string $revision ): ?Core\Visitor_Token =>
		Core\decode_token( seal_keys(), settings()['site'], $visitor, array( 'revision' => $revision ) + $ruleset, $text, $now );
	// The second asks an option; most sites never come to it.
	return $read( $ruleset['revision'] ) ?? $read( public_revision() );
}

/** The profile of somebody of whom nothing is known. */
function nobody_known( array $ruleset ): Loaded_Profile {
	return new Loaded_Profile( Core\empty_profile( $ruleset['plan'] ), 'empty' );
}

/**
 * The same profile with what WordPress itself knows of the user who is logged in.
 *
 * @param Core\Profile $profile The visitor's.
 * @param int          $granted Purposes as bits.
 */
function with_known_traits( Core\Profile $profile, int $granted ): Core\Profile {
	if ( ! is_user_logged_in() || ! Core\is_granted( $granted, 'preferences' ) ) {
		return $profile;
	}
	/**
	 * Filters traits of the user who is logged in, over those of the profile; the shop adds what it knows of a buyer.
	 *
	 * @param array<string, mixed> $traits Trait → text, number, true or false, or list of texts.
	 * @param int                  $user   Id of the user.
	 */
	$traits = apply_filters( 'attune_user_traits', array(), get_current_user_id() );
	if ( ! is_array( $traits ) || array() === $traits ) {
		return $profile;
	}
	$all = (object) ( $traits + (array) $profile->traits );
	return Core\with_given( $profile, $all, $profile->first_seen );
}
