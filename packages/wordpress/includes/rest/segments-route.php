<?php
/**
 * GET /segments and GET /usage/<segment>: what an editor chooses from.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The segments of the ruleset in force. */
function answer_segments(): \WP_REST_Response {
	$ruleset = load_ruleset();
	if ( null === $ruleset ) {
		return new \WP_REST_Response( array() );
	}
	$counts       = usage_counts();
	$confidential = confidential_segments();
	$sentences    = kept_sentences( ruleset_option()['post'] );
	$segments     = array();
	foreach ( $ruleset['scopes'] as $key => $scope ) {
		$key        = (string) $key;
		$segments[] = array(
			'key'          => $key,
			'label'        => segment_label( $key ),
			'scope'        => $scope,
			'confidential' => in_array( $key, $confidential, true ),
			'cached'       => reaches_cached_pages( $key, $ruleset ),
			'usage'        => $counts[ $key ] ?? 0,
			'sentence'     => $sentences[ $key ] ?? '',
		);
	}
	return new \WP_REST_Response( $segments );
}

/**
 * Whether visitors are shown a segment's variants on pages that caches keep. Of a segment that no key tells of nobody knows there
 * who is in it; of a confidential one the cookies of a collector say so.
 *
 * @param array<string, mixed> $ruleset As load_ruleset() gives it.
 */
function reaches_cached_pages( string $key, array $ruleset ): bool {
	$settings = settings();
	$is_known = 'static' === $ruleset['scopes'][ $key ] || in_array( $key, $ruleset['key_segments'], true );
	return $is_known || 'none' === $settings['page_cache'] || '' !== $settings['collector'] && in_array( $key, $ruleset['confidential'], true );
}

/** Where a segment is used: posts that the asking person may edit, how many others, and experiences of the ruleset. */
function answer_usage( \WP_REST_Request $request ): \WP_REST_Response {
	$key   = rawurldecode( (string) $request['segment'] );
	$posts = posts_using_segment( $key );
	$mine  = array_values( array_filter( $posts, static fn ( int $post ): bool => current_user_can( 'edit_post', $post ) ) );
	return new \WP_REST_Response(
		array(
			'segment'     => $key,
			'exists'      => segment_exists( $key ),
			'posts'       => array_map( usage_entry( ... ), $mine ),
			'others'      => count( $posts ) - count( $mine ),
			'experiences' => experiences_using( $key ),
		)
	);
}

/**
 * One post that uses a segment.
 *
 * @return array<string, mixed>
 */
function usage_entry( int $post ): array {
	return array(
		'id'     => $post,
		'title'  => html_entity_decode( get_the_title( $post ), ENT_QUOTES, 'UTF-8' ),
		'type'   => get_post_type( $post ),
		'status' => get_post_status( $post ),
		'edit'   => get_edit_post_link( $post, 'raw' ) ?? '',
		'view'   => (string) get_permalink( $post ),
	);
}

/**
 * The keys of the experiences, and of the segments, whose condition names a segment.
 *
 * @return list<string>
 */
function experiences_using( string $key ): array {
	$document = kept_document();
	$using    = array();
	foreach ( $document->experiences ?? array() as $experience ) {
		if ( names_segment( $experience->audience ?? null, $key ) ) {
			$using[] = (string) ( $experience->key ?? '' );
		}
	}
	foreach ( $document->segments ?? array() as $other => $segment ) {
		if ( names_segment( $segment->when ?? null, $key ) ) {
			$using[] = (string) $other;
		}
	}
	return $using;
}

/** Whether a condition refers to a segment, at any depth. */
function names_segment( mixed $condition, string $key ): bool {
	foreach ( $condition instanceof \stdClass || is_array( $condition ) ? (array) $condition : array() as $name => $value ) {
		if ( 'segment' === $name && $value === $key || names_segment( $value, $key ) ) {
			return true;
		}
	}
	return false;
}

/**
 * What GET /segments answers.
 *
 * @return array<string, mixed>
 */
function segments_schema(): array {
	return array(
		'$schema' => 'http://json-schema.org/draft-04/schema#',
		'title'   => 'attune-segments',
		'type'    => 'array',
		'items'   => array(
			'type'       => 'object',
			'properties' => array(
				'key'          => array( 'type' => 'string' ),
				'label'        => array( 'type' => 'string' ),
				'scope'        => array(
					'type' => 'string',
					'enum' => SCOPES,
				),
				'confidential' => array( 'type' => 'boolean' ),
				'cached'       => array( 'type' => 'boolean' ),
				'usage'        => array( 'type' => 'integer' ),
				'sentence'     => array( 'type' => 'string' ),
			),
		),
	);
}

/**
 * What GET /usage/<segment> answers.
 *
 * @return array<string, mixed>
 */
function usage_schema(): array {
	return array(
		'$schema'    => 'http://json-schema.org/draft-04/schema#',
		'title'      => 'attune-usage',
		'type'       => 'object',
		'properties' => array(
			'segment'     => array( 'type' => 'string' ),
			'exists'      => array( 'type' => 'boolean' ),
			'posts'       => array( 'type' => 'array' ),
			'others'      => array( 'type' => 'integer' ),
			'experiences' => array( 'type' => 'array' ),
		),
	);
}
