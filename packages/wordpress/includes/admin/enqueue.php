<?php
/**
 * The scripts of our screens, and what the editor needs beforehand.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Loads the script of a screen of ours, and of no other; for `admin_enqueue_scripts`. */
function enqueue_screen(): void {
	// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- which screen it is, nothing else.
	$page = is_string( $_GET['page'] ?? null ) ? $_GET['page'] : '';
	if ( ! isset( SCREENS[ $page ] ) ) {
		return;
	}
	list( $name ) = 'attune' === $page && ! current_user_can( MANAGE ) ? SCREENS['attune-settings'] : SCREENS[ $page ];
	// React owns the screen: text that is swapped for pictures of emoji under its hands would break it.
	remove_action( 'admin_print_scripts', 'print_emoji_detection_script' );
	enqueue_built( "attune-$name", "build/admin/$name", array( 'wp-components' ) );
	wp_add_inline_script( "attune-$name", 'window.attuneScreen=' . wp_json_encode( screen_facts(), JSON_HEX_TAG | JSON_HEX_AMP ) . ';', 'before' );
}

/**
 * Enqueues a script that wp-scripts built, its translations and, when there is one, its style.
 *
 * @param string       $handle Of WordPress.
 * @param string       $path   Below the plugin, without extension.
 * @param list<string> $styles Handles of styles that it needs.
 */
function enqueue_built( string $handle, string $path, array $styles = array() ): void {
	$asset = ATTUNE_DIR . "/$path.asset.php";
	if ( ! is_file( $asset ) ) {
		return;
	}
	$built = require $asset;
	wp_enqueue_script( $handle, plugins_url( "$path.js", ATTUNE_FILE ), $built['dependencies'], $built['version'], array( 'in_footer' => true ) );
	wp_set_script_translations( $handle, 'attune', ATTUNE_DIR . '/languages' );
	foreach ( $styles as $style ) {
		wp_enqueue_style( $style );
	}
	if ( is_file( ATTUNE_DIR . "/$path.css" ) ) {
		wp_enqueue_style( $handle, plugins_url( "$path.css", ATTUNE_FILE ), $styles, $built['version'] );
		wp_style_add_data( $handle, 'rtl', 'replace' );
	}
}

/**
 * What a screen knows from the start.
 *
 * @return array<string, mixed>
 */
function screen_facts(): array {
	return array(
		'version'   => ATTUNE_VERSION,
		'home'      => home_url( '/' ),
		'timezone'  => wp_timezone_string(),
		'canManage' => current_user_can( MANAGE ),
		'canSetUp'  => current_user_can( 'manage_options' ),
	);
}

/**
 * Lets the editor begin with the segments instead of asking for them; for `block_editor_rest_api_preload_paths`.
 *
 * @param mixed $paths Paths of REST routes.
 */
function preload_segments( mixed $paths ): mixed {
	return is_array( $paths ) && current_user_can( 'edit_posts' ) ? array_merge( $paths, array( '/attune/v1/segments' ) ) : $paths;
}
