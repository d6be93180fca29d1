<?php
/**
 * The consent purposes of the WP Consent API.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** What a visitor may allow, in the order of their bits. `functional` is always granted. */
const PURPOSES = array( 'functional', 'preferences', 'statistics-anonymous', 'statistics', 'marketing' );

/** The purpose of an event or trait that names none. */
const DEFAULT_PURPOSE = 'preferences';

/** The bits of all purposes. */
const ALL_PURPOSES = 0b11111;

/** Tells whether a value names a purpose. */
function is_purpose( mixed $value ): bool {
	return \in_array( $value, PURPOSES, true );
}
