<?php
/**
 * The checks as WordPress's Site Health shows them.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Adds our tests; for `site_status_tests`.
 *
 * @param array<string, mixed> $tests Others'.
 * @return array<string, mixed>
 */
function add_health_tests( array $tests ): array {
	foreach ( checks() as $id => $look ) {
		$tests['direct'][ "attune_$id" ] = array(
			'label' => 'Attune: ' . $id,
			'test'  => static fn (): array => health_result( $look() ),
		);
	}
	return $tests;
}

/**
 * A check as Site Health takes it.
 *
 * @return array<string, mixed>
 */
function health_result( Check $check ): array {
	$colors = array(
		'good'        => 'green',
		'recommended' => 'orange',
		'critical'    => 'red',
	);
	return array(
		'label'       => $check->label,
		'status'      => $check->status,
		'badge'       => array(
			'label' => 'Attune',
			'color' => $colors[ $check->status ],
		),
		'description' => '<p>' . esc_html( $check->text ) . '</p>',
		'actions'     => '',
		'test'        => "attune_{$check->id}",
	);
}

/**
 * Adds our facts to the report that people send to whoever helps them: nothing secret, nothing personal; for `debug_information`.
 *
 * @param array<string, mixed> $info Others'.
 * @return array<string, mixed>
 */
function add_debug_information( array $info ): array {
	$settings = settings();
	$ruleset  = load_ruleset();
	$source   = source_state( time() );
	$values   = array(
		'version'    => array( __( 'Version', 'attune' ), ATTUNE_VERSION ),
		'revision'   => array( __( 'Revision', 'attune' ), ruleset_option()['revision'] ?? __( 'none', 'attune' ) ),
		'segments'   => array( __( 'Segments', 'attune' ), (string) count( $ruleset['segments'] ?? array() ) ),
		'compiled'   => array( __( 'Compiled ruleset', 'attune' ), null === ruleset_option() ? __( 'none', 'attune' ) : ( ruleset_option()['file'] ? 'file' : 'option' ) ),
		'delivery'   => array( __( 'Delivery', 'attune' ), $settings['delivery'] ),
		'caches'     => array( __( 'Page caches', 'attune' ), cache_adapter()?->name() ?? __( 'none', 'attune' ) ),
		'keyed'      => array( __( 'Caches key on segments', 'attune' ), caches_key_on_segments() ? 'yes' : 'no' ),
		'source'     => array( __( 'Source', 'attune' ), $source['state'] ),
		'collector'  => array( __( 'Collector', 'attune' ), '' === $settings['collector'] ? 'no' : 'yes' ),
		'consent'    => array( __( 'WP Consent API', 'attune' ), function_exists( 'wp_has_consent' ) ? 'yes' : 'no' ),
		'obj_cache'  => array( __( 'Object cache', 'attune' ), wp_using_ext_object_cache() ? 'yes' : 'no' ),
		'secret'     => array( __( 'Secret', 'attune' ), array() === stated_secrets() ? 'kept' : 'stated' ),
	);
	$fields   = array();
	foreach ( $values as $name => list( $label, $value ) ) {
		$fields[ $name ] = compact( 'label', 'value' );
	}
	$info['attune'] = array(
		'label'  => __( 'Attune', 'attune' ),
		'fields' => $fields,
	);
	return $info;
}
