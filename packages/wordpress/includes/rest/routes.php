<?php
/**
 * Every route of attune/v1, on one page.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The namespace of the routes. */
const REST_NAMESPACE = 'attune/v1';

/** Registers the routes; for `rest_api_init`. */
function register_routes(): void {
	register_ruleset_type();
	add_route( '/ruleset', 'GET', answer_ruleset( ... ), '__return_true', ruleset_args() );
	add_route( '/fragments', 'GET', answer_fragments( ... ), '__return_true', fragments_args() );
	add_route( '/segments', 'GET', answer_segments( ... ), may_edit( ... ), array(), segments_schema( ... ) );
	add_route( '/document', 'GET', answer_document( ... ), may_manage( ... ) );
	add_route( '/document', 'POST', take_document( ... ), may_manage( ... ), document_args() );
	add_route( '/history', 'GET', answer_history( ... ), may_manage( ... ), array(), history_schema( ... ) );
	add_route( '/history/(?P<id>[0-9]{1,18})/restore', 'POST', take_restore( ... ), may_manage( ... ), id_args() );
	add_route( '/usage/(?P<segment>[^/]{1,256})', 'GET', answer_usage( ... ), may_edit( ... ), array(), usage_schema( ... ) );
	add_route( '/placements/(?P<id>[a-z0-9][a-z0-9-]{0,63})', 'GET', answer_placement( ... ), may_edit( ... ), placement_args(), placement_schema( ... ) );
	add_route( '/view-as', 'POST', take_view_as( ... ), may_edit( ... ), view_as_args() );
	add_route( '/settings', 'GET', answer_settings( ... ), may_set_up( ... ) );
	add_route( '/settings', 'POST', take_settings( ... ), may_set_up( ... ), settings_args() );
	add_route( '/evaluate', 'POST', take_evaluate( ... ), may_manage( ... ), evaluate_args() );
	register_placements_field();
}

/**
 * Registers one method of one route.
 *
 * @param array<string, array<string, mixed>> $args   Parameter → its schema.
 * @param callable(): array<string, mixed>    $schema Of what is answered.
 */
function add_route( string $route, string $method, callable $answer, callable $allow, array $args = array(), ?callable $schema = null ): void {
	$endpoint = array(
		array(
			'methods'             => $method,
			'callback'            => with_whole_answer( $answer ),
			'permission_callback' => $allow,
			'args'                => $args,
		),
	);
	register_rest_route( REST_NAMESPACE, $route, null === $schema ? $endpoint : $endpoint + array( 'schema' => $schema ) );
}

/**
 * An endpoint whose answer stays whole where it is no array: of those alone can WordPress take `_fields`, and at others it fails.
 *
 * @param callable( \WP_REST_Request ): mixed $answer The endpoint.
 */
function with_whole_answer( callable $answer ): \Closure {
	return static function ( \WP_REST_Request $request ) use ( $answer ): mixed {
		$given = $answer( $request );
		if ( $given instanceof \WP_REST_Response && ! is_array( $given->get_data() ) ) {
			unset( $request['_fields'] );
		}
		return $given;
	};
}
