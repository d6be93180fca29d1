<?php
/**
 * Signals that the site's own code gives: `custom.<name>` in conditions.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** What code registered. */
final class Custom_Signals {
	/** @var array<string, callable> */
	public static array $readers = array();
}

/**
 * Registers a signal. Its reader is asked at most once a page, when something on it depends on the visitor, and gives text, a
 * number, true or false, or a list of texts; null is nothing.
 *
 * @param string   $name   Letters, digits, `_`, `-`.
 * @param callable $reader Takes nothing.
 */
function register_signal( string $name, callable $reader ): void {
	if ( 1 !== preg_match( '/\A[A-Za-z0-9_-]{1,64}\z/', $name ) ) {
		_doing_it_wrong( __FUNCTION__, esc_html( "The name of a signal is letters, digits, _ and -, not `$name`." ), '0.1.0' );
		return;
	}
	Custom_Signals::$readers[ $name ] = $reader;
}

/** Asks every registered signal; one that fails gives nothing. */
function read_custom_signals(): \stdClass {
	$values = new \stdClass();
	foreach ( Custom_Signals::$readers as $name => $reader ) {
		try {
			$value = $reader();
		} catch ( \Throwable $error ) {
			report_error( $error, "signal custom.$name" );
			continue;
		}
		if ( is_scalar( $value ) || is_array( $value ) && array_is_list( $value ) ) {
			$values->$name = $value;
		}
	}
	return $values;
}
