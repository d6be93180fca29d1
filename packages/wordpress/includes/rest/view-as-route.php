<?php
/**
 * POST /view-as: a link under which somebody who writes here sees a page as other people do.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Seconds for which such a link holds. */
const VIEW_SECONDS = 1800;

/**
 * The parameters.
 *
 * @return array<string, array<string, mixed>>
 */
function view_as_args(): array {
	return array(
		'segments' => array(
			'type'                 => 'object',
			'required'             => true,
			'maxProperties'        => 200,
			'additionalProperties' => array( 'type' => 'boolean' ),
			'description'          => __( 'Segment to whether the visitor is in it; those that are not named are as they are for whoever looks.', 'attune' ),
		),
		'url'      => array(
			'type'        => 'string',
			'format'      => 'uri',
			'required'    => true,
			'maxLength'   => 2000,
			'description' => __( 'The page of this site to look at.', 'attune' ),
		),
	);
}

/** Answers `{ url, expires }`, the latter in seconds since 1970. */
function take_view_as( \WP_REST_Request $request ): \WP_REST_Response|\WP_Error {
	$url = wp_validate_redirect( esc_url_raw( (string) $request['url'] ), '' );
	if ( '' === $url || home_host() !== host_of( $url ) ) {
		return bad_request( __( 'The address is none of this site. Send one that begins with the address of its front page.', 'attune' ) );
	}
	$known    = array_filter( (array) $request['segments'], static fn ( string|int $key ): bool => segment_exists( (string) $key ), ARRAY_FILTER_USE_KEY );
	$expires  = time() + VIEW_SECONDS;
	$response = new \WP_REST_Response(
		array(
			'url'     => add_query_arg( VIEW_PARAMETER, view_token( $known, $expires ), remove_query_arg( VIEW_PARAMETER, $url ) ),
			'expires' => $expires,
		)
	);
	$response->header( 'Cache-Control', 'no-store' );
	return $response;
}

/** The host and port of an address, as home_host() writes them. */
function host_of( string $url ): string {
	$parts = wp_parse_url( $url );
	$host  = strtolower( (string) ( $parts['host'] ?? '' ) );
	return isset( $parts['port'] ) ? $host . ':' . $parts['port'] : $host;
}
