<?php
/**
 * GET and POST /settings.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** `{ settings, facts }`: what is set, and what the plugin found out about the site. */
function answer_settings(): \WP_REST_Response {
	$response = new \WP_REST_Response(
		array(
			'settings' => settings(),
			'facts'    => site_facts(),
		)
	);
	$response->header( 'Cache-Control', 'no-store' );
	return $response;
}

/**
 * The parameters of POST: some or all settings. Their values are checked by clean_settings().
 *
 * @return array<string, array<string, mixed>>
 */
function settings_args(): array {
	$text  = array( 'type' => 'string' );
	$texts = array(
		'type'  => 'array',
		'items' => $text,
	);
	return array(
		'delivery'         => $text + array( 'enum' => DELIVERIES ),
		'page_cache'       => $text + array( 'enum' => array( 'auto', 'none' ) ),
		'explicit_consent' => array( 'type' => 'boolean' ),
		'do_not_track'     => $text + array( 'enum' => DO_NOT_TRACK ),
		'collector'        => $text,
		'site'             => $text,
		'source'           => $text + array( 'enum' => array( 'here', 'url' ) ),
		'source_url'       => $text,
		'geo_header'       => $text,
		'confidential'     => $texts,
		'keep_days'        => array(
			'type'    => 'integer',
			'minimum' => 1,
			'maximum' => 3650,
		),
	);
}

/** Saves settings. */
function take_settings( \WP_REST_Request $request ): \WP_REST_Response|\WP_Error {
	try {
		save_settings( array_intersect_key( $request->get_params(), settings_args() ) );
	} catch ( \InvalidArgumentException $error ) {
		return bad_request( $error->getMessage() );
	}
	return answer_settings();
}

/**
 * What the plugin found out about the site, for the settings screen and Site Health.
 *
 * @return array<string, mixed>
 */
function site_facts(): array {
	$source = source_state( time() );
	return array(
		'caches'      => array_map( static fn ( Cache_Adapter $cache ): string => $cache->name(), active_caches() ),
		'keys'        => caches_key_on_segments(),
		'secret'      => array() === stated_secrets() ? 'kept' : 'stated',
		'consentApi'  => function_exists( 'wp_has_consent' ),
		'woocommerce' => class_exists( 'WooCommerce' ),
		'objectCache' => (bool) wp_using_ext_object_cache(),
		'revision'    => ruleset_option()['revision'] ?? '',
		'compiled'    => null === ruleset_option() ? 'none' : ( ruleset_option()['file'] ? 'file' : 'option' ),
		'source'      => $source['state'],
		'sourceAge'   => $source['age'],
		'trouble'     => $source['trouble'],
	);
}
