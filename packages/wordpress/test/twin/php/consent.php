<?php
/**
 * Answers lines of JSON with what the plugin takes a request's consent for: `{ "cookie", "gpc", "dnt", "explicit", "obeys" }` → granted purposes.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune {
	/**
	 * The settings of the line.
	 *
	 * @return array<string, mixed>
	 */
	function settings(): array {
		return array( 'explicit_consent' => $GLOBALS['explicit'], 'do_not_track' => $GLOBALS['obeys'] ? 'obey' : 'ignore' );
	}

	/** Cookies of consent are not signed, and so alike by http and https. */
	function is_ssl(): bool {
		return true;
	}

	require dirname( __DIR__, 3 ) . '/includes/core/consent/consent.php';
	require dirname( __DIR__, 3 ) . '/includes/core/consent/purpose.php';
	require dirname( __DIR__, 3 ) . '/includes/visitor/cookies.php';
	require dirname( __DIR__, 3 ) . '/includes/consent/read-consent.php';

	while ( false !== ( $line = fgets( STDIN ) ) ) {
		$asked                   = json_decode( $line, true );
		$GLOBALS['explicit']     = $asked['explicit'];
		$GLOBALS['obeys']        = $asked['obeys'];
		$_SERVER['HTTP_DNT']     = $asked['dnt'] ? '1' : '';
		$_SERVER['HTTP_COOKIE']  = $asked['cookie'];
		$_SERVER['HTTP_SEC_GPC'] = $asked['gpc'] ? '1' : '';
		$granted                 = read_consent();
		$names                   = array_filter( Core\PURPOSES, static fn ( string $purpose ): bool => Core\is_granted( $granted, $purpose ) );
		fwrite( STDOUT, json_encode( array_values( $names ) ) . "\n" );
	}
}
