<?php
/**
 * GET /placements/<id>: who else has the id of a placement.
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
function placement_args(): array {
	return array(
		'id'   => array(
			'type'     => 'string',
			'required' => true,
		),
		'post' => array(
			'type'        => 'integer',
			'minimum'     => 0,
			'default'     => 0,
			'description' => __( 'The post that asks; it is not among the answers.', 'attune' ),
		),
	);
}

/**
 * Answers the other posts that have the id: those that the asking person may edit, how many others, and whether one of these
 * keeps the id from being used in the post that asks.
 */
function answer_placement( \WP_REST_Request $request ): \WP_REST_Response {
	$asking  = get_post( $request['post'] );
	$author  = null === $asking || 0 === $request['post'] ? get_current_user_id() : (int) $asking->post_author;
	$holders = placement_holders( $request['id'], $request['post'] );
	$mine    = array_values( array_filter( $holders, static fn ( int $post ): bool => current_user_can( 'edit_post', $post ) ) );
	return new \WP_REST_Response(
		array(
			'posts'   => array_map( usage_entry( ... ), $mine ),
			'others'  => count( $holders ) - count( $mine ),
			'isTaken' => is_id_of_others( $request['id'], $request['post'], $author ),
			'isFirst' => array() === $holders || 0 !== $request['post'] && $request['post'] < $holders[0],
		)
	);
}

/**
 * What GET /placements/<id> answers.
 *
 * @return array<string, mixed>
 */
function placement_schema(): array {
	return array(
		'$schema'    => 'http://json-schema.org/draft-04/schema#',
		'title'      => 'attune-placement',
		'type'       => 'object',
		'properties' => array(
			'posts'   => array( 'type' => 'array' ),
			'others'  => array( 'type' => 'integer' ),
			'isTaken' => array( 'type' => 'boolean' ),
			'isFirst' => array( 'type' => 'boolean' ),
		),
	);
}
