<?php
/**
 * The rooms of the plugin, loaded where they are needed: most requests need few of them.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The rooms that every request needs; the build makes one file of them (base.php). */
const BASE_ROOMS = array( 'settings', 'ruleset', 'gate' );
/** The rooms that show placements; the build makes one file of them (stage.php), and three of core: see load_core(). */
const STAGE_ROOMS = array( 'visitor', 'consent', 'context', 'profile', 'placement', 'delivery', 'cache' );

/**
 * Loads a room: all files of `includes/<room>`, once.
 *
 * @param string $room Name of a folder that has a load.php.
 */
function load_room( string $room ): void {
	$bundle = in_array( $room, STAGE_ROOMS, true ) ? 'stage' : ( in_array( $room, BASE_ROOMS, true ) ? 'base' : null );
	if ( null === $bundle || ! load_bundle( $bundle ) ) {
		require_once __DIR__ . "/{$room}/load.php";
	}
}

/** Loads all of core. */
function load_core(): void {
	load_code();
	load_bundle( 'rest' );
}

/** Loads what decides, and what opens and makes that which is signed. */
function load_code(): void {
	load_deciding();
	load_bundle( 'code' );
}

/** Loads what decides. Where there was no build that is all of core. */
function load_deciding(): void {
	if ( ! load_bundle( 'core' ) ) {
		require_once __DIR__ . '/core/load.php';
	}
}

/** Loads what settles the page around placements: most pages have none, and core is for the first of them to load. */
function load_page(): void {
	if ( ! load_bundle( 'stage' ) ) {
		array_map( load_room( ... ), STAGE_ROOMS );
		require_once __DIR__ . '/personalize.php';
	}
}

/** Loads everything that shows placements, and what decides them. */
function load_stage(): void {
	load_deciding();
	if ( load_bundle( 'stage' ) ) {
		return;
	}
	foreach ( STAGE_ROOMS as $room ) {
		load_room( $room );
	}
	require_once __DIR__ . '/personalize.php';
	require_once __DIR__ . '/render-placement.php';
	require_once __DIR__ . '/settle-blocks.php';
}

/** Loads the one file that the build made of many; false where there was no build. */
function load_bundle( string $name ): bool {
	static $loaded = array();
	$loaded[ $name ] ??= is_file( __DIR__ . "/{$name}.php" ) && require_once __DIR__ . "/{$name}.php";
	return $loaded[ $name ];
}

/**
 * A hook's callback that loads a room when it is first called.
 *
 * @param string $room Name of a folder.
 * @param string $name A function of this namespace which that room holds.
 */
function in_room( string $room, string $name ): \Closure {
	return static function ( mixed ...$given ) use ( $room, $name ): mixed {
		load_room( $room );
		return ( __NAMESPACE__ . '\\' . $name )( ...$given );
	};
}

if ( ! load_bundle( 'base' ) ) {
	array_map( load_room( ... ), BASE_ROOMS );
	require_once __DIR__ . '/block-place.php';
	require_once __DIR__ . '/cache-adapter.php';
}
require_once __DIR__ . '/theme-functions.php';
