<?php
/**
 * POST /evaluate: what the PHP that decides pages answers for somebody made up, by the ruleset in force. For programs: the test bench
 * of the Segments screen asks about drafts, which PHP does not know, and has core itself in the browser.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * The parameters.
 *
 * @return array<string, array<string, mixed>>
 */
function evaluate_args(): array {
	return array(
		'profile' => array( 'type' => array( 'object', 'null' ) ),
		'context' => array( 'type' => 'object' ),
		'consent' => array( 'type' => array( 'object', 'array' ) ),
		'visitor' => array( 'type' => array( 'string', 'null' ) ),
		'now'     => array(
			'type'        => 'integer',
			'minimum'     => 0,
			'description' => __( 'Milliseconds since 1970; the present when left out.', 'attune' ),
		),
	);
}

/** Answers `{ segments: { key: { match, until } }, decisions: { placement: { variant, experience, reason, until } } }`. */
function take_evaluate( \WP_REST_Request $request ): \WP_REST_Response|\WP_Error {
	$ruleset = load_ruleset();
	if ( null === $ruleset ) {
		return new \WP_Error( 'attune_no_ruleset', __( 'No ruleset is published on this site yet. Publish one in Attune → Segments.', 'attune' ), array( 'status' => 404 ) );
	}
	$read = Core\read_json( '' === $request->get_body() ? '{}' : $request->get_body(), Core\MAX_DOCUMENT_BYTES );
	if ( ! $read->ok || ! $read->value instanceof \stdClass ) {
		return bad_request( $read->ok ? __( 'Send a JSON object.', 'attune' ) : "{$read->path}: {$read->message}" );
	}
	try {
		$question = question_of( $read->value, $ruleset );
	} catch ( \InvalidArgumentException $error ) {
		return bad_request( $error->getMessage() );
	}
	$decisions = array();
	foreach ( Core\decide( $ruleset, $question ) as $decision ) {
		$decisions[ $decision->placement ] = array(
			'variant'    => $decision->variant,
			'experience' => $decision->experience,
			'reason'     => $decision->reason,
			'until'      => $decision->until,
		);
	}
	$response = new \WP_REST_Response(
		new Raw_Json(
			Core\json_text(
				(object) array(
					'segments'  => (object) Core\evaluate_segments( $ruleset, $question ),
					'decisions' => (object) $decisions,
				)
			)
		)
	);
	$response->header( 'Cache-Control', 'no-store' );
	return $response;
}

/**
 * The question that was sent.
 *
 * @param \stdClass            $asked   `{ profile, context, consent, visitor, now }`.
 * @param array<string, mixed> $ruleset Compiled.
 * @throws \InvalidArgumentException When the profile is none.
 */
function question_of( \stdClass $asked, array $ruleset ): Core\Question {
	$profile = $asked->profile ?? null;
	$consent = $asked->consent ?? new \stdClass();
	$visitor = $asked->visitor ?? null;
	return new Core\Question(
		$profile instanceof \stdClass ? Core\parse_profile( $profile ) : Core\empty_profile( $ruleset['plan'] ),
		( $asked->context ?? null ) instanceof \stdClass ? $asked->context : new \stdClass(),
		Core\consent_bits( is_array( $consent ) || $consent instanceof \stdClass ? $consent : new \stdClass() ),
		is_int( $asked->now ?? null ) ? $asked->now : (int) floor( microtime( true ) * 1000 ),
		is_string( $visitor ) ? $visitor : null
	);
}
