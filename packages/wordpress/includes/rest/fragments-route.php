<?php
/**
 * GET /fragments: the variants of several placements in one answer that a cache may keep.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The most fragments of one request. */
const MAX_FRAGMENTS = 30;
/** The longest that a shared cache keeps an answer, in seconds. */
const FRAGMENT_SECONDS = 300;

/**
 * The parameters.
 *
 * @return array<string, array<string, mixed>>
 */
function fragments_args(): array {
	return array(
		'f' => array(
			'type'        => 'string',
			'required'    => true,
			'maxLength'   => 4096,
			'description' => __( 'What stands in data-fragment of the placements, with commas between.', 'attune' ),
		),
		'k' => array(
			'type'        => 'string',
			'maxLength'   => 40,
			'description' => __( 'The value of the cookie attune_k, every bit that these placements do not need at zero.', 'attune' ),
		),
	);
}

/** Answers `{ "<post>.<placement>": { variant, html } }`. */
function answer_fragments( \WP_REST_Request $request ): \WP_REST_Response|\WP_Error {
	load_stage();
	$asked = explode( ',', (string) $request['f'] );
	if ( count( $asked ) > MAX_FRAGMENTS || count( array_unique( $asked ) ) !== count( $asked ) ) {
		return bad_request( __( 'Ask for at most thirty fragments, each once.', 'attune' ) );
	}
	$fragments = array();
	foreach ( $asked as $text ) {
		$fragment = find_fragment( $text );
		$is_gone  = is_wp_error( $fragment ) && 404 === ( $fragment->get_error_data()['status'] ?? 0 );
		// A page that a cache kept may ask for one that is gone since; the others are not to fall with it.
		if ( is_wp_error( $fragment ) && ( ! $is_gone || 1 === count( $asked ) ) ) {
			return $fragment;
		}
		if ( $fragment instanceof Fragment ) {
			$fragments[ $fragment->name ] = $fragment;
		}
	}
	$ruleset = load_ruleset();
	$key     = null === $ruleset ? null : read_segment_key( (string) $request['k'], $ruleset );
	if ( null !== $key && ! needs_all( $fragments, array_keys( $key ), $ruleset ) ) {
		return bad_request( __( 'The key says more than these placements need. Send the other bits as zero.', 'attune' ) );
	}
	return fragments_answer( $fragments, $ruleset, $key );
}

/**
 * Decides and renders.
 *
 * @param array<string, Fragment>   $fragments By their name.
 * @param array<string, mixed>|null $ruleset   Compiled.
 * @param array<string, bool>|null  $key       As read_segment_key() gives it.
 */
function fragments_answer( array $fragments, ?array $ruleset, ?array $key ): \WP_REST_Response {
	$now        = time();
	$until      = $now + FRAGMENT_SECONDS;
	$is_private = false;
	$answers    = array();
	foreach ( $fragments as $name => $fragment ) {
		$choice = new Choice( $fragment->placement->default_index, 'DEFAULT' );
		if ( null !== $ruleset && is_own( $fragment->placement, $ruleset ) ) {
			$is_private = true;
			$question   = question_of_visitor( $fragment );
			$choice     = null === $question ? $choice : choose_variant( $fragment->placement, $ruleset, $question );
		} elseif ( null !== $ruleset && ( null !== $key || 'static' === placement_scope( $fragment->placement, $ruleset ) ) ) {
			$choice = choose_variant( $fragment->placement, $ruleset, question_of_key( $fragment, $key ?? array(), $ruleset, $now ) );
		}
		$until            = min( $until, $choice->until );
		$answers[ $name ] = array(
			'variant' => $fragment->placement->key_at( $choice->index ),
			// Named placements are for fronts elsewhere; on a page of ours nothing would be chosen in them.
			'html'    => default_html( variant_html( $fragment->block, $choice->index, $fragment->post ) ),
		);
	}
	if ( $is_private ) {
		// Said outside of the response as well: `_envelope` moves its headers into the body.
		refuse_caches();
	}
	$response = new \WP_REST_Response( $answers );
	$response->header( 'Cache-Control', $is_private ? 'private, no-store' : 'public, max-age=' . max( 0, $until - $now ) );
	$response->header( 'X-Robots-Tag', 'noindex' );
	return $response;
}

/**
 * Whether each of some segments is needed by one of the placements.
 *
 * @param array<string, Fragment> $fragments By their name.
 * @param list<string>            $said      The segments that a key speaks of.
 * @param array<string, mixed>    $ruleset   Compiled.
 */
function needs_all( array $fragments, array $said, array $ruleset ): bool {
	$needed = array();
	foreach ( $fragments as $fragment ) {
		array_push( $needed, ...segments_of( $fragment->placement, $ruleset ) );
	}
	return array() === array_diff( array_map( 'strval', $said ), $needed );
}

/**
 * The question of whoever has a key: it says which segments hold; of the rest only what everybody shares is known.
 *
 * @param array<string, bool>  $key     Segment → whether it holds.
 * @param array<string, mixed> $ruleset Compiled.
 */
function question_of_key( Fragment $fragment, array $key, array $ruleset, int $now ): Core\Question {
	return new Core\Question( Core\empty_profile( $ruleset['plan'] ), (object) array( 'url' => url_of( $fragment->post ) ), Core\NO_CONSENT, $now * 1000, null, $key );
}

/** The question of the visitor who asks, as if on the page that shows the placement; null when nothing is known. */
function question_of_visitor( Fragment $fragment ): ?Core\Question {
	$asked = personalize()?->question;
	if ( null === $asked ) {
		return null;
	}
	$context      = clone $asked->context;
	$context->url = url_of( $fragment->post );
	return new Core\Question( $asked->profile, $context, $asked->granted, $asked->now, $asked->visitor, $asked->assume );
}

/** Host and path of a post's page, as a context has them. */
function url_of( \WP_Post $post ): \stdClass {
	$url = wp_parse_url( (string) get_permalink( $post ) );
	return (object) array(
		'host' => strtolower( (string) ( $url['host'] ?? '' ) ),
		'path' => (string) ( $url['path'] ?? '/' ),
	);
}
