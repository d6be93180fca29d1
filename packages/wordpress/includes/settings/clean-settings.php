<?php
/**
 * Settings as somebody sends them, checked one by one.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The most segments that may be called confidential. */
const MAX_CONFIDENTIAL = 500;

/**
 * Checks settings that came from outside.
 *
 * @param array<string, mixed> $given Setting to value.
 * @return array<string, mixed> The same, each of the type it is kept in.
 * @throws \InvalidArgumentException Naming the setting, the value and the cure.
 */
function clean_settings( array $given ): array {
	$clean = array();
	foreach ( $given as $name => $value ) {
		$clean[ $name ] = clean_setting( (string) $name, $value );
	}
	return $clean;
}

/**
 * Checks one setting.
 *
 * @param mixed $value As it was sent.
 * @return mixed As it is kept.
 * @throws \InvalidArgumentException When it cannot be that.
 */
function clean_setting( string $name, mixed $value ): mixed {
	switch ( $name ) {
		case 'delivery':
			return one_of( $name, $value, DELIVERIES );
		case 'page_cache':
			return one_of( $name, $value, array( 'auto', 'none' ) );
		case 'source':
			return one_of( $name, $value, array( 'here', 'url' ) );
		case 'do_not_track':
			return one_of( $name, $value, DO_NOT_TRACK );
		case 'explicit_consent':
			return is_bool( $value ) ? $value : refuse_setting( $name, $value, 'Send true or false.' );
		case 'keep_days':
			$is_days = is_int( $value ) && $value >= 1 && $value <= 3650;
			return $is_days ? $value : refuse_setting( $name, $value, 'Send whole days from 1 to 3650.' );
		case 'collector':
		case 'source_url':
			return clean_address( $name, $value );
		case 'site':
			$is_site = is_string( $value ) && 1 === preg_match( '/^[a-z0-9][a-z0-9.-]{0,252}(?::[0-9]{1,5})?$/D', $value );
			return $is_site ? $value : refuse_setting( $name, $value, 'Send a host such as "www.example.org".' );
		case 'geo_header':
			$is_header = is_string( $value ) && 1 === preg_match( '/^(?:[A-Za-z][A-Za-z0-9-]{0,63})?$/D', $value );
			return $is_header ? $value : refuse_setting( $name, $value, 'Send the name of a header such as "CF-IPCountry", or nothing.' );
		case 'confidential':
			return clean_keys( $name, $value );
		default:
			return refuse_setting( $name, $value, 'There is no such setting. Leave it out.' );
	}
}

/** An http(s) address without a fragment or a password, or nothing. */
function clean_address( string $name, mixed $value ): string {
	if ( '' === $value ) {
		return '';
	}
	$url   = is_string( $value ) ? sanitize_url( $value, array( 'http', 'https' ) ) : '';
	$parts = wp_parse_url( $url );
	$good  = is_array( $parts ) && ! empty( $parts['host'] ) && ! isset( $parts['user'] ) && ! isset( $parts['fragment'] );
	return $good ? $url : refuse_setting( $name, $value, 'Send a whole address such as "https://www.example.org/path", without a password, or nothing.' );
}

/**
 * A list of segment keys, each once.
 *
 * @return list<string>
 */
function clean_keys( string $name, mixed $value ): array {
	$is_list = is_array( $value ) && count( $value ) <= MAX_CONFIDENTIAL;
	foreach ( $is_list ? $value : array() as $key ) {
		$is_list = $is_list && is_string( $key ) && '' !== $key && strlen( $key ) <= 256;
	}
	return $is_list
		? array_values( array_unique( $value ) )
		: refuse_setting( $name, $value, 'Send a list of at most ' . MAX_CONFIDENTIAL . ' segment keys.' );
}

/**
 * One of a few words.
 *
 * @param list<string> $words What it may be.
 */
function one_of( string $name, mixed $value, array $words ): string {
	return in_array( $value, $words, true ) ? $value : refuse_setting( $name, $value, 'Send one of ' . implode( ', ', $words ) . '.' );
}

/** Says why a setting is not taken. */
function refuse_setting( string $name, mixed $value, string $cure ): never {
	$shown = substr( (string) wp_json_encode( $value ), 0, 80 );
	throw new \InvalidArgumentException( "[attune] settings: `$name` cannot be $shown. $cure" );
}
