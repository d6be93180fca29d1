<?php
/**
 * The field `attune_placements` of posts: what a front elsewhere renders.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Registers the field for every type of post that REST shows. */
function register_placements_field(): void {
	$types = array_values( get_post_types( array( 'show_in_rest' => true ) ) );
	register_rest_field(
		$types,
		'attune_placements',
		array(
			'get_callback' => answer_placements_field( ... ),
			'schema'       => array(
				'description' => __( 'The placements of the post, each with its variants in the order in which they are tried. In lists null, unless _fields asks for it.', 'attune' ),
				'type'        => array( 'array', 'null' ),
				'context'     => array( 'view', 'edit' ),
				'readonly'    => true,
				'items'       => array( 'type' => 'object' ),
			),
		)
	);
}

/**
 * The field in one answer. Null where many posts are listed and nobody asked: all variants of all of them would be rendered.
 *
 * @param mixed $prepared The post as REST prepared it.
 * @return ?list<array<string, mixed>>
 */
function answer_placements_field( mixed $prepared, string $field, \WP_REST_Request $request ): ?array {
	$is_list = 'GET' === $request->get_method() && ! isset( $request->get_url_params()['id'] );
	// WordPress asks for no field that `_fields` leaves out.
	return $is_list && ! isset( $request['_fields'] ) ? null : answer_placements( $prepared );
}

/**
 * The placements of one post; none of a post behind a password. Variants of confidential segments are left out.
 *
 * @param mixed $prepared The post as REST prepared it.
 * @return list<array<string, mixed>>
 */
function answer_placements( mixed $prepared ): array {
	// The id of a template is a text (`theme//slug`).
	$id   = is_array( $prepared ) ? array_filter( array( $prepared['id'] ?? null, $prepared['wp_id'] ?? null ), 'is_int' ) : array();
	$post = array() === $id || 0 === reset( $id ) ? null : get_post( reset( $id ) );
	if ( null === $post || '' !== $post->post_password || 'attune_ruleset' === $post->post_type ) {
		return array();
	}
	load_room( 'ruleset/publish' );
	$confidential = confidential_segments();
	$answer       = array();
	foreach ( placements_of_post( $post, $confidential ) as $id => $found ) {
		$placement = $found['placement'];
		$variants  = array();
		foreach ( $placement->variants as $index => $variant ) {
			if ( array() === array_intersect( $variant->segments, $confidential ) ) {
				$variants[] = $variant->told() + array(
					'isDefault' => $index === $placement->default_index,
					'html'      => variant_html( $found['block'], $index, $post ),
				);
			}
		}
		$answer[] = array(
			'id'       => $id,
			'label'    => $placement->label,
			'strategy' => $placement->strategy,
			'variants' => $variants,
		);
	}
	return $answer;
}
