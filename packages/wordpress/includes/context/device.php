<?php
/**
 * What the visitor holds, from client hints and the user agent; the words and the order are those of the edge.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

// A real user agent is shorter; the patterns look no further.
const MAX_USER_AGENT = 1024;

// Name, texts of which an agent holds one, and a pattern where these say too little. The first that fits: an agent names what it
// descends from as well as what it is.
const DEVICE_TYPES    = array(
	// An iPad also says "Mobile"; "Tablet PC" is Windows on a desk.
	array( 'tablet', array( 'iPad', 'Tablet' ), '/iPad|Tablet(?! PC)/' ),
	array( 'mobile', array( 'Mobi', 'iPhone', 'iPod', 'Opera Mini' ) ),
	array( 'desktop', array( 'TV', 'BRAVIA', 'AFT' ), '/TV\b|BRAVIA|AFT/' ),
	// What runs Android and says neither "Mobile" nor that it is a television.
	array( 'tablet', array( 'Android', 'Silk/' ) ),
	array( 'desktop', array( '' ), '/./' ),
);
const DEVICE_SYSTEMS  = array(
	array( 'ios', array( 'iPhone', 'iPad', 'iPod' ) ),
	array( 'android', array( 'Android' ) ),
	array( 'windows', array( 'Windows' ) ),
	array( 'chromeos', array( 'CrOS' ) ),
	array( 'macos', array( 'Mac OS X' ) ),
	array( 'linux', array( 'Linux' ) ),
);
const DEVICE_BROWSERS = array(
	array( 'edge', array( 'Edg/', 'Edge/', 'EdgA/', 'EdgiOS/' ) ),
	array( 'opera', array( 'OPR/', 'OPT/', 'OPiOS/', 'Opera' ) ),
	array( 'samsung', array( 'SamsungBrowser/' ) ),
	array( 'firefox', array( 'Firefox/', 'FxiOS/' ) ),
	array( 'chrome', array( 'Chrome/', 'CriOS/' ) ),
	array( 'safari', array( 'Safari/' ) ),
);

/**
 * Reads `type`, `os` and `browser`; what cannot be told is null.
 *
 * @return array<string, ?string>
 */
function read_device(): array {
	$agent = $_SERVER['HTTP_USER_AGENT'] ?? '';
	$agent = is_string( $agent ) ? substr( $agent, 0, MAX_USER_AGENT ) : '';
	// `"Chrome OS"`, quoted as it comes.
	$platform = strtolower( str_replace( array( '"', ' ' ), '', request_header( 'HTTP_SEC_CH_UA_PLATFORM' ) ?? '' ) );
	$is_known = in_array( $platform, array_column( DEVICE_SYSTEMS, 0 ), true );
	return array(
		'type'    => '?1' === request_header( 'HTTP_SEC_CH_UA_MOBILE' ) ? 'mobile' : first_match( DEVICE_TYPES, $agent ),
		'os'      => $is_known ? $platform : first_match( DEVICE_SYSTEMS, $agent ),
		'browser' => first_match( DEVICE_BROWSERS, $agent ),
	);
}

/**
 * The name of the first that an agent fits.
 *
 * @param list<array{0: string, 1: list<string>, 2?: string}> $kinds Name, texts, pattern.
 */
function first_match( array $kinds, string $agent ): ?string {
	foreach ( $kinds as $kind ) {
		foreach ( $kind[1] as $text ) {
			if ( str_contains( $agent, $text ) && ( ! isset( $kind[2] ) || 1 === preg_match( $kind[2], $agent ) ) ) {
				return $kind[0];
			}
		}
	}
	return null;
}
