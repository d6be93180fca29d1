<?php
/**
 * GET /ruleset: what other hosts and browsers decide by.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Seconds for which whoever has it need not ask again. */
const RULESET_SECONDS = 60;

/**
 * The parameters.
 *
 * @return array<string, array<string, mixed>>
 */
function ruleset_args(): array {
	return array(
		'for' => array(
			'type'        => 'string',
			'enum'        => array( 'browser' ),
			'description' => __( 'Answer what a browser needs: hash, keys and ruleset.', 'attune' ),
		),
		'v'   => array(
			'type'        => 'string',
			'pattern'     => '^[0-9a-f]{64}$',
			'description' => __( 'The hash of the ruleset that is expected; an answer with that hash never changes.', 'attune' ),
		),
	);
}

/**
 * Answers the ruleset, signed, or 304 to who has it. Whoever does not sign the question is told nothing of confidential segments,
 * so no shared cache may keep an answer but a browser's, which is everybody's.
 */
function answer_ruleset( \WP_REST_Request $request ): \WP_REST_Response|\WP_Error {
	$is_browser = 'browser' === $request['for'];
	$given      = $is_browser ? browser_ruleset() : public_ruleset( is_reader( (string) $request->get_header( 'attune_signature' ), time() ) );
	if ( null === $given ) {
		return new \WP_Error( 'attune_no_ruleset', __( 'No ruleset is published on this site yet. Publish one in Attune → Segments.', 'attune' ), array( 'status' => 404 ) );
	}
	$etag     = '"' . $given->etag . '"';
	$is_known = in_array( $etag, known_etags( (string) $request->get_header( 'if_none_match' ) ), true );
	$response = $is_known ? new \WP_REST_Response( null, 304 ) : new \WP_REST_Response( new Raw_Json( $given->body ) );
	$is_fixed = $is_browser && load_ruleset()['hash'] === $request['v'];
	$response->header( 'ETag', $etag );
	$response->header( 'Cache-Control', $is_fixed ? 'public, max-age=31536000, immutable' : ( $is_browser ? 'public' : 'private' ) . ', max-age=' . RULESET_SECONDS . ', stale-while-revalidate=600' );
	$is_browser || $response->header( 'Vary', 'Attune-Signature' );
	if ( ! $is_known ) {
		$response->header( 'Attune-Signature', sign_body( $given->body, secrets()[0] ) );
	}
	return $response;
}

/**
 * The entity tags of an If-None-Match header; a weak one, as caches that compress make it, counts like its strong one.
 *
 * @return list<string>
 */
function known_etags( string $header ): array {
	return array_map(
		static fn ( string $tag ): string => (string) preg_replace( array( '/^W\//', '/-(?:gzip|br|zstd)"$/' ), array( '', '"' ), trim( $tag ) ),
		explode( ',', $header )
	);
}
