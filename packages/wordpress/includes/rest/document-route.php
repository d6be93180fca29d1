<?php
/**
 * GET and POST /document: the ruleset as people edit it.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The ruleset in force: `{ revision, hash, published, document, sentences, source }`, its document null when none was kept. */
function answer_document(): \WP_REST_Response {
	$in_force = ruleset_option();
	$post     = null === $in_force ? null : get_post( $in_force['post'] );
	$answer   = new \WP_REST_Response(
		new Raw_Json(
			Core\json_text(
				(object) array(
					'revision'  => $in_force['revision'] ?? null,
					'hash'      => $in_force['hash'] ?? null,
					'published' => null === $post ? null : get_post_time( 'c', true, $post ),
					'document'  => kept_document(),
					'sentences' => (object) ( null === $post ? array() : kept_sentences( $post->ID ) ),
					'source'    => settings()['source'],
				)
			)
		)
	);
	$answer->header( 'Cache-Control', 'no-store' );
	return $answer;
}

/**
 * The parameters of POST.
 *
 * @return array<string, array<string, mixed>>
 */
function document_args(): array {
	return array(
		'document'  => array(
			'type'        => 'object',
			'required'    => true,
			'description' => __( 'The ruleset that people edit.', 'attune' ),
		),
		'published' => array(
			'type'        => 'object',
			'required'    => true,
			'description' => __( 'What publishRuleset made of it, without its document.', 'attune' ),
		),
		'sentences' => array(
			'type'                 => 'object',
			'additionalProperties' => array( 'type' => 'string' ),
			'description'          => __( 'Segment to what its condition says in plain words.', 'attune' ),
		),
		'base'      => array(
			'type'        => 'string',
			'description' => __( 'The hash of the ruleset that was edited. When another one is in force meanwhile, nothing is published.', 'attune' ),
		),
	);
}

/** Publishes a document and what was made of it. */
function take_document( \WP_REST_Request $request ): \WP_REST_Response|\WP_Error {
	if ( 'url' === settings()['source'] ) {
		return bad_request( __( 'This site reads its ruleset from another one. Publish there, or change the source in the settings.', 'attune' ), 409 );
	}
	$base = $request['base'];
	if ( is_string( $base ) && $base !== ( ruleset_option()['hash'] ?? '' ) ) {
		return bad_request( __( 'Somebody else published in the meantime. Load the segments again and repeat the change.', 'attune' ), 409 );
	}
	// WordPress reads objects as lists; what is empty would lose which of the two it is.
	$read = Core\read_json( $request->get_body(), 2 * MAX_PUBLISHED_BYTES );
	if ( ! $read->ok ) {
		return bad_request( "{$read->path}: {$read->message}" );
	}
	$published = $read->value->published ?? null;
	if ( ! $published instanceof \stdClass || ( $read->value->document->revision ?? null ) !== ( $published->revision ?? false ) ) {
		return bad_request( __( 'The document and what was published differ in their revision. Publish the document again.', 'attune' ) );
	}
	$published->document = $read->value->document;
	try {
		$publication = publish_ruleset( Core\json_text( $published ), get_current_user_id() );
	} catch ( \InvalidArgumentException $error ) {
		return bad_request( $error->getMessage() );
	} catch ( \RuntimeException $error ) {
		return bad_request( $error->getMessage(), 500 );
	}
	keep_sentences( $publication->post, (array) ( $read->value->sentences ?? array() ) );
	return publication_answer( $publication );
}

/** What is answered to who published. */
function publication_answer( Publication $publication ): \WP_REST_Response {
	return new \WP_REST_Response(
		array(
			'revision' => $publication->revision,
			'hash'     => $publication->hash,
			'id'       => $publication->post,
			'file'     => $publication->file,
		)
	);
}
