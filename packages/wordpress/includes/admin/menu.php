<?php
/**
 * The menu "Attune" and its screens.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The screens: slug → name of the script in build/admin, who may see it. */
const SCREENS = array(
	'attune'          => array( 'segments', 'manage_attune_segments' ),
	'attune-settings' => array( 'settings', 'manage_options' ),
);

/** Adds the menu; for `admin_menu`. */
function add_menu(): void {
	// Whoever may only set up finds the settings under the same name.
	$is_manager = current_user_can( MANAGE );
	// One closure: two that do the same would print the screen twice.
	$first = $is_manager ? print_segments_screen( ... ) : print_settings_screen( ... );
	add_menu_page( __( 'Attune', 'attune' ), __( 'Attune', 'attune' ), $is_manager ? MANAGE : 'manage_options', 'attune', $first, 'dashicons-groups', 58 );
	if ( $is_manager ) {
		add_submenu_page( 'attune', __( 'Segments', 'attune' ), __( 'Segments', 'attune' ), MANAGE, 'attune', $first );
	}
	add_submenu_page( 'attune', __( 'Attune settings', 'attune' ), __( 'Settings', 'attune' ), 'manage_options', 'attune-settings', print_settings_screen( ... ) );
}

/** Prints the place that the Segments script fills. */
function print_segments_screen(): void {
	print_screen( 'segments' );
}

/** Prints the place that the Settings script fills. */
function print_settings_screen(): void {
	print_screen( 'settings' );
}

/** Prints a mount point, with words for whoever has no scripts. */
function print_screen( string $name ): void {
	printf(
		'<div class="wrap"><div id="%1$s" class="attune-screen"><h1>%2$s</h1><p class="hide-if-js">%3$s</p></div></div>',
		esc_attr( "attune-$name" ),
		esc_html( get_admin_page_title() ),
		esc_html__( 'This screen needs JavaScript. Switch it on in your browser, or use the commands of wp attune.', 'attune' )
	);
}

/** Adds the link "Settings" to the plugin's row; for `plugin_action_links_<plugin>`. */
function add_action_link( array $links ): array {
	if ( current_user_can( 'manage_options' ) ) {
		array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( admin_url( 'admin.php?page=attune-settings' ) ), esc_html__( 'Settings', 'attune' ) ) );
	}
	return $links;
}
