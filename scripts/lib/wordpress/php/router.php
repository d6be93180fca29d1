<?php
/**
 * What Apache's rewrite rules do for WordPress, for PHP's own server: files as they are, everything else to index.php.
 */

declare( strict_types=1 );

( static function (): void {
	$path = rawurldecode( explode( '?', $_SERVER['REQUEST_URI'], 2 )[0] );
	// PHP's own server knows no .htaccess.
	if ( 1 === preg_match( '#/\.ht|^/+wp-content/+(?:database/|debug\.log|mail\.jsonl)|\.\.#', $path ) ) {
		http_response_code( 403 );
		exit;
	}
	$GLOBALS['attune_found'] = $_SERVER['DOCUMENT_ROOT'] . $path;
	if ( is_dir( $GLOBALS['attune_found'] ) && is_file( $GLOBALS['attune_found'] . '/index.php' ) ) {
		if ( ! str_ends_with( $path, '/' ) ) {
			header( 'Location: ' . $path . '/', true, 301 );
			exit;
		}
		$GLOBALS['attune_found'] .= 'index.php';
	}
} )();

if ( is_file( $attune_found ) && ! str_ends_with( $attune_found, '.php' ) ) {
	return false;
}
if ( ! is_file( $attune_found ) ) {
	$attune_found = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
}
unset( $_SERVER['PATH_INFO'] );
$_SERVER['SCRIPT_FILENAME'] = $attune_found;
$_SERVER['SCRIPT_NAME']     = substr( $attune_found, strlen( $_SERVER['DOCUMENT_ROOT'] ) );
$_SERVER['PHP_SELF']        = $_SERVER['SCRIPT_NAME'];
chdir( dirname( $attune_found ) );
require $attune_found;
