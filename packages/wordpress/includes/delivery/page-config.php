<?php
/**
 * The script of a page and what it is told: the same for everybody.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * What the script is told.
 *
 * @param array<string, mixed> $ruleset As load_ruleset() gives it.
 * @return array<string, mixed>
 */
function page_config( array $ruleset ): array {
	$settings = settings();
	/**
	 * Filters what this page itself tells: a product was looked at. The same for everybody who sees the page.
	 *
	 * @param list<array{name: string, properties: array<string, mixed>}> $events Events of the ruleset.
	 */
	$events = apply_filters( 'attune_page_events', array() );
	return array(
		'hash'            => $ruleset['hash'],
		'keys'            => $ruleset['key_segments'],
		'ruleset'         => add_query_arg( array( 'for' => 'browser', 'v' => $ruleset['hash'] ), rest_url( 'attune/v1/ruleset' ) ),
		'fragments'       => rest_url( 'attune/v1/fragments' ),
		'collector'       => $settings['collector'],
		'site'            => $settings['site'],
		'explicitConsent' => $settings['explicit_consent'],
		'consentApi'      => function_exists( 'wp_has_consent' ),
		'scope'           => storage_scope(),
		'path'            => site_path(),
		'events'          => is_array( $events ) ? array_values( $events ) : array(),
	);
}

/**
 * Whether a page's script is of use: something is chosen or fetched on this page, or events are heard for a collector or for
 * segments of behaviour.
 *
 * @param array<string, mixed> $ruleset As load_ruleset() gives it.
 */
function needs_page_script( array $ruleset ): bool {
	if ( Page_Scripts::$needs_script || '' !== settings()['collector'] ) {
		return true;
	}
	foreach ( $ruleset['key_segments'] as $segment ) {
		if ( 'private' === $ruleset['scopes'][ $segment ] ) {
			return true;
		}
	}
	return false;
}

/** Prints what the script is told, and the script; for the foot of a page. */
function print_page_script(): void {
	$page    = page_facts();
	$ruleset = $page->is_page && null === view_as() ? load_ruleset() : null;
	$path    = '/build/front/attune.js';
	// An edge knows visitors by what a collector said of them, not by what their browsers keep.
	if ( $page->is_edge && '' === settings()['collector'] ) {
		return;
	}
	if ( null === $ruleset || ! needs_page_script( $ruleset ) || ! is_file( ATTUNE_DIR . $path ) ) {
		return;
	}
	// JSON that holds no <, so that nothing in it ends the element.
	echo '<script type="application/json" id="attune-config">', json_of( page_config( $ruleset ) ), '</script>'; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped
	wp_print_script_tag(
		array(
			'id'    => 'attune-js',
			'src'   => plugins_url( $path . '?ver=' . ATTUNE_VERSION, ATTUNE_FILE ),
			'defer' => true,
		)
	);
}
