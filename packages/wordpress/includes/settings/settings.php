<?php
/**
 * The site's settings, whole: what was saved over what everybody begins with.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The option that keeps what was saved; autoloaded. */
const SETTINGS_OPTION = 'attune_settings';

/**
 * The settings as they hold now; the members are those of setting_defaults().
 *
 * @return array<string, mixed>
 */
function settings(): array {
	static $known = array();
	$site = get_current_blog_id();
	// Every placement of a page asks, and get_option() takes longer than to decide one. While a page is rendered nobody saves settings;
	// what filters say of them may change.
	$is_page = did_action( 'template_redirect' ) > 0 && ! has_filter( 'option_' . SETTINGS_OPTION ) && ! has_filter( 'pre_option_' . SETTINGS_OPTION );
	if ( $is_page && isset( $known[ $site ]['on_page'] ) ) {
		return $known[ $site ]['settings'];
	}
	$saved = get_option( SETTINGS_OPTION );
	if ( ! isset( $known[ $site ] ) || $known[ $site ]['saved'] !== $saved ) {
		$known[ $site ] = array( 'saved' => $saved, 'settings' => settings_over( is_array( $saved ) ? $saved : array() ) );
	}
	// What a filter said is not to be kept.
	$known[ $site ]['on_page'] = $is_page ? true : null;
	return $known[ $site ]['settings'];
}

/**
 * What was saved over what everybody begins with.
 *
 * @param array<mixed> $saved As it is kept.
 * @return array<string, mixed>
 */
function settings_over( array $saved ): array {
	$settings = array();
	foreach ( setting_defaults() as $name => $default ) {
		// What another version or another plugin left behind is not believed to be of our types.
		$is_ours           = isset( $saved[ $name ] ) && gettype( $saved[ $name ] ) === gettype( $default );
		$settings[ $name ] = $is_ours ? $saved[ $name ] : $default;
	}
	return $settings;
}

/**
 * Saves some or all settings; the others stay.
 *
 * @param array<string, mixed> $given Setting to value.
 * @return array<string, mixed> The settings as they hold from now on.
 * @throws \InvalidArgumentException When a value cannot be one: the message names it and the cure.
 */
function save_settings( array $given ): array {
	$before = settings();
	$after  = array_merge( $before, clean_settings( $given ) );
	if ( home_host() === $after['site'] ) {
		// A site that moves takes its name along.
		unset( $after['site'] );
	}
	update_option( SETTINGS_OPTION, $after, true );
	$after = settings();
	/**
	 * Settings were saved.
	 *
	 * @param array<string, mixed> $after  As they hold now.
	 * @param array<string, mixed> $before As they held.
	 */
	do_action( 'attune_settings_saved', $after, $before );
	return $after;
}
