<?php
/**
 * The configuration of a site that only this machine sees. Names in double braces are filled in for each site.
 */

define( 'WP_HOME', '{{url}}' );
define( 'WP_SITEURL', '{{url}}' );
define( 'ATTUNE_SITE_LOOPBACK', 'true' === '{{loopback}}' );

// The database is SQLite in wp-content/database; these names are asked for and not used.
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', '' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', '' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
$table_prefix = 'wp_';

foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $attune_use ) {
	define( $attune_use . '_KEY', hash_hmac( 'sha256', $attune_use . ' key', '{{secret}}' ) );
	define( $attune_use . '_SALT', hash_hmac( 'sha256', $attune_use . ' salt', '{{secret}}' ) );
}
unset( $attune_use );

define( 'WP_ENVIRONMENT_TYPE', 'local' );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_LOG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost' );

// On the command line there is no request; what reads one meets the front page.
if ( 'cli' === PHP_SAPI && ! isset( $_SERVER['HTTP_HOST'] ) ) {
	$_SERVER['HTTP_HOST']       = substr( '{{url}}', strlen( 'http://' ) );
	$_SERVER['REQUEST_METHOD']  = 'GET';
	$_SERVER['REQUEST_URI']     = '/';
	$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
	$_SERVER['REMOTE_ADDR']     = '127.0.0.1';
	// A page that says sorry helps nobody there; the log says what failed.
	define( 'WP_DISABLE_FATAL_ERROR_HANDLER', true );
}

if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
