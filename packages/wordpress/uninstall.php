<?php
/**
 * Removes what the plugin kept, and nothing else. The content of posts stays as it is.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

if ( ! defined( 'WP_UNINSTALL_PLUGIN' ) ) {
	exit;
}

/** Removes what the current site kept. */
function remove_site(): void {
	global $wpdb;
	foreach ( $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM {$wpdb->posts} WHERE post_type = %s", 'attune_ruleset' ) ) as $post ) {
		wp_delete_post( (int) $post, true );
	}
	$options = $wpdb->get_col( $wpdb->prepare( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s", $wpdb->esc_like( 'attune_' ) . '%' ) );
	foreach ( $options as $option ) {
		delete_option( $option );
	}
	foreach ( array( '_attune_segments', '_attune_placements', '_attune_patterns' ) as $meta ) {
		delete_post_meta_by_key( $meta );
	}
	foreach ( array( 'attune_fetch_ruleset', 'attune_sweep', 'attune_purge_post', 'attune_purge_url', 'attune_keep_facts' ) as $hook ) {
		wp_unschedule_hook( $hook );
	}
	foreach ( wp_roles()->role_objects as $role ) {
		$role->remove_cap( 'manage_attune_segments' );
	}
	if ( function_exists( 'as_unschedule_all_actions' ) ) {
		as_unschedule_all_actions( '', array(), 'attune' );
	}
	do_action( 'wpsc_delete_cookie', 'attune_k' );
	/** This filter is documented in includes/ruleset/compiled-file.php */
	$folder = untrailingslashit( (string) apply_filters( 'attune_cache_dir', WP_CONTENT_DIR . '/cache/attune' ) );
	foreach ( glob( $folder . '/' . get_current_blog_id() . '-*' ) ?: array() as $file ) {
		wp_delete_file( $file );
	}
	// Goes only once it is empty.
	if ( is_dir( $folder ) ) {
		@rmdir( $folder );
	}
}

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $site ) {
		switch_to_blog( (int) $site );
		remove_site();
		restore_current_blog();
	}
} else {
	remove_site();
}

// Users are shared by the sites of a network.
foreach ( array( '_attune_shop', '_attune_visitors', '_attune_erased' ) as $meta ) {
	delete_metadata( 'user', 0, $meta, '', true );
}
