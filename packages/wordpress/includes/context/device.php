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

// The first that fits: an agent names what it descends from as well as what it is.
const DEVICE_TYPES    = array(
	// An iPad also says "Mobile"; "Tablet PC" is Windows on a desk.
	array( 'tablet', '/iPad|Tablet(?! PC)/' ),
	array( 'mobile', '/Mobi|iPhone|iPod|Opera Mini/' ),
	array( 'desktop', '/TV\b|BRAVIA|AFT/' ),
	// What runs Android and says neither "Mobile" nor that it is a television.
	array( 'tablet', '/Android|Silk\//' ),
	array( 'desktop', '/./' ),
);
const DEVICE_SYSTEMS  = array(
	array( 'ios', '/iPhone|iPad|iPod/' ),
	array( 'android', '/Android/' ),
	array( 'windows', '/Windows/' ),
	array( 'chromeos', '/CrOS/' ),
	array( 'macos', '/Mac OS X/' ),
	array( 'linux', '/Linux/' ),
);
const DEVICE_BROWSERS = array(
	array( 'edge', '/Edg(?:e|A|iOS)?\//' ),
	array( 'opera', '/OPR\/|OPT\/|OPiOS\/|Opera/' ),
	array( 'samsung', '/SamsungBrowser\//' ),
	array( 'firefox', '/Firefox\/|FxiOS\//' ),
	array( 'chrome', '/Chrome\/|CriOS\//' ),
	array( 'safari', '/Safari\//' ),
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
 * The name of the first pattern that a text fits.
 *
 * @param list<array{string, string}> $patterns Name and pattern.
 */
function first_match( array $patterns, string $text ): ?string {
	foreach ( $patterns as list( $name, $pattern ) ) {
		if ( 1 === preg_match( $pattern, $text ) ) {
			return $name;
		}
	}
	return null;
}
