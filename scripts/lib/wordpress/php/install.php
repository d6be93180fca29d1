<?php
/**
 * Installs WordPress into the folder ATTUNE_SITE: the tables, one user per role, pretty permalinks.
 *
 * ATTUNE_INPUT is a JSON object, role => password; a user is called like the role (the administrator: admin).
 */

declare( strict_types=1 );

define( 'WP_INSTALLING', true );
require getenv( 'ATTUNE_SITE' ) . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

// The greeting that WordPress mails to its administrator.
remove_all_filters( 'pre_wp_mail' );
add_filter( 'pre_wp_mail', '__return_true' );

$attune_users = json_decode( getenv( 'ATTUNE_INPUT' ), true );
wp_install( 'Attune', 'admin', 'admin@example.org', true, '', $attune_users['admin'] );
update_option( 'permalink_structure', '/%postname%/' );
flush_rewrite_rules();

foreach ( $attune_users as $attune_name => $attune_password ) {
	$attune_id = username_exists( $attune_name );
	if ( false === $attune_id ) {
		$attune_id = wp_insert_user(
			array(
				'user_login' => $attune_name,
				'user_pass'  => $attune_password,
				'user_email' => $attune_name . '@example.org',
				'role'       => $attune_name,
			)
		);
	}
	// The guides greet with pictures from wordpress.org.
	$attune_read = array( 'welcomeGuide' => false );
	update_user_meta(
		$attune_id,
		'wp_persisted_preferences',
		array(
			'core'             => $attune_read,
			'core/edit-post'   => $attune_read + array( 'welcomeGuideTemplate' => false ),
			'core/edit-site'   => $attune_read + array(
				'welcomeGuidePage'     => false,
				'welcomeGuideStyles'   => false,
				'welcomeGuideTemplate' => false,
			),
			'core/edit-widgets' => $attune_read,
			'_modified'        => gmdate( 'Y-m-d\TH:i:s.000\Z' ),
		)
	);
}
echo 'installed';
