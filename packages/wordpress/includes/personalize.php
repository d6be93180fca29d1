<?php
/**
 * The conductor: who asks, once a request.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** What this request is decided by. */
final class Personalization {

	/**
	 * @param array<string, mixed> $ruleset As asked_ruleset() gives it.
	 * @param Core\Question        $question Of the visitor who looks.
	 * @param Context_Source       $source  What a context is made from.
	 */
	public function __construct(
		public readonly array $ruleset,
		public readonly Core\Question $question,
		private readonly Context_Source $source
	) {}

	/** The whole context of the request; the question's holds what the ruleset looks at. */
	public function context(): \stdClass {
		return build_context( $this->source );
	}
}

/**
 * Who asks, read once a request and only when something is decided for them. Never throws: null, and with it every default,
 * without a published ruleset or when something about the request fails.
 */
function personalize(): ?Personalization {
	static $known = array();
	$site = get_current_blog_id();
	if ( ! array_key_exists( $site, $known ) ) {
		try {
			$ruleset        = asked_ruleset();
			$known[ $site ] = null === $ruleset ? null : read_request( $ruleset, time() );
		} catch ( \Throwable $error ) {
			report_error( $error, 'personalize' );
			$known[ $site ] = null;
		}
	}
	return $known[ $site ];
}

/** The ruleset in force. An editor who looks as somebody else wants to see what they see, and is never held out. */
function asked_ruleset(): ?array {
	$ruleset = load_ruleset();
	return null === $ruleset || null === view_as() ? $ruleset : array( 'holdout' => null ) + $ruleset;
}

/** @param int $now Whole seconds since 1970. */
function read_request( array $ruleset, int $now ): Personalization {
	$granted = read_consent();
	$is_kept = Core\is_granted( $granted, 'preferences' );
	$visitor = $is_kept ? read_visitor() : null;
	$loaded  = load_profile( $ruleset, $visitor, $now );
	$profile = with_known_traits( $loaded->profile, $granted );
	// A profile is asked at or after its newest event; clocks of two machines may differ.
	$now      = max( $now, $profile->last_seconds ?? 0 ) * 1000;
	$source   = new Context_Source( $visitor, $profile->first_seen, $loaded->utc_offset, $now, $loaded->is_heard(), $is_kept ? read_session_text() : '' );
	$context  = build_context( $source, needed_groups( $ruleset ) );
	// What is decided for one visitor is kept by nobody: until when it holds is not asked.
	$question = new Core\Question( $profile, $context, $granted, $now, $visitor, assumed( $ruleset, $loaded, $granted ), false );
	return new Personalization( $ruleset, $question, $source );
}

/**
 * The segments whose truth is given: what an editor looks as, else what a browser that keeps the profile itself says of the
 * segments that need it.
 *
 * @return array<string, bool>
 */
function assumed( array $ruleset, Loaded_Profile $loaded, int $granted ): array {
	$view = view_as();
	if ( null !== $view ) {
		return $view;
	}
	if ( 'browser' !== $loaded->source || ! Core\is_granted( $granted, 'preferences' ) ) {
		return array();
	}
	$truths = read_request_key( $ruleset );
	return array_filter( $truths, static fn ( string $segment ): bool => 'private' === $ruleset['scopes'][ $segment ], ARRAY_FILTER_USE_KEY );
}

/** What an editor looks at this page as; null for what it is. */
function view_as(): ?array {
	static $view = false;
	if ( false === $view ) {
		$view = isset( $_GET['attune_view'] ) ? read_view( time() ) : null; // phpcs:ignore WordPress.Security.NonceVerification.Recommended
	}
	return $view;
}
