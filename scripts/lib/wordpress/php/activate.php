<?php
/**
 * Activates the plugins named in ATTUNE_INPUT, a JSON list of paths below wp-content/plugins.
 */

declare( strict_types=1 );

require getenv( 'ATTUNE_SITE' ) . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

foreach ( json_decode( getenv( 'ATTUNE_INPUT' ), true ) as $attune_plugin ) {
	$attune_failure = activate_plugin( $attune_plugin );
	if ( is_wp_error( $attune_failure ) ) {
		echo $attune_plugin, ': ', $attune_failure->get_error_message(), "\n";
		exit( 1 );
	}
}
