<?php
/**
 * GET /history and POST /history/<id>/restore: what was published before.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The kept publications, the newest first. */
function answer_history(): \WP_REST_Response {
	return new \WP_REST_Response( array_map( history_entry( ... ), kept_rulesets() ) );
}

/**
 * One publication.
 *
 * @return array<string, mixed>
 */
function history_entry( \WP_Post $post ): array {
	$author = get_userdata( (int) $post->post_author );
	return array(
		'id'        => $post->ID,
		'revision'  => $post->post_title,
		'published' => get_post_time( 'c', true, $post ),
		'author'    => false === $author ? '' : $author->display_name,
		'in_force'  => ( ruleset_option()['post'] ?? 0 ) === $post->ID,
	);
}

/**
 * The parameters of a restore.
 *
 * @return array<string, array<string, mixed>>
 */
function id_args(): array {
	return array(
		'id' => array(
			'type'     => 'integer',
			'minimum'  => 1,
			'required' => true,
		),
	);
}

/** Publishes a kept ruleset again. */
function take_restore( \WP_REST_Request $request ): \WP_REST_Response|\WP_Error {
	if ( 'url' === settings()['source'] ) {
		return bad_request( __( 'This site reads its ruleset from another one. Publish there, or change the source in the settings.', 'attune' ), 409 );
	}
	try {
		return publication_answer( restore_ruleset( (int) $request['id'], get_current_user_id() ) );
	} catch ( \InvalidArgumentException $error ) {
		return bad_request( $error->getMessage(), '' === kept_json( (int) $request['id'] ) ? 404 : 400 );
	} catch ( \RuntimeException $error ) {
		return bad_request( $error->getMessage(), 500 );
	}
}

/**
 * What GET /history answers.
 *
 * @return array<string, mixed>
 */
function history_schema(): array {
	return array(
		'$schema' => 'http://json-schema.org/draft-04/schema#',
		'title'   => 'attune-history',
		'type'    => 'array',
		'items'   => array(
			'type'       => 'object',
			'properties' => array(
				'id'        => array( 'type' => 'integer' ),
				'revision'  => array( 'type' => 'string' ),
				'published' => array(
					'type'   => 'string',
					'format' => 'date-time',
				),
				'author'    => array( 'type' => 'string' ),
				'in_force'  => array( 'type' => 'boolean' ),
			),
		),
	);
}
