<?php
/**
 * The script of a page and what it is told: the same for everybody.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Where the script lies in the plugin's folder; its parts lie beside it. */
const PAGE_SCRIPT = '/build/front/attune.js';

/** The address of the script; it names the version, so that no cache gives an earlier one. */
function page_script_address(): string {
	return plugins_url( PAGE_SCRIPT . '?ver=' . ATTUNE_VERSION, ATTUNE_FILE );
}

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
		'script'          => page_script_address(),
		'collector'       => $settings['collector'],
		'site'            => $settings['site'],
		'explicitConsent' => $settings['explicit_consent'],
		'doNotTrack'      => $settings['do_not_track'],
		'consentApi'      => function_exists( 'wp_has_consent' ),
		'scope'           => storage_scope(),
		'path'            => site_path(),
		// A page that is kept would say it to others.
		'erased'          => page_facts()->is_cacheable ? 0 : erased_at(),
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
	// On a page of search results nothing is chosen, and what is searched for is heard.
	$ruleset = ( $page->is_page || is_shown_request() ) && null === view_as() ? load_ruleset() : null;
	// An edge knows visitors by what a collector said of them, not by what their browsers keep.
	if ( $page->is_edge && '' === settings()['collector'] ) {
		return;
	}
	if ( null === $ruleset || ! needs_page_script( $ruleset ) || ! is_file( ATTUNE_DIR . PAGE_SCRIPT ) ) {
		return;
	}
	// JSON that holds no <, so that nothing in it ends the element.
	echo '<script type="application/json" id="attune-config">', json_of( page_config( $ruleset ) ), '</script>'; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped
	wp_print_script_tag(
		array(
			'id'    => 'attune-js',
			'src'   => page_script_address(),
			'defer' => true,
		)
	);
}
