<?php
/**
 * What the request itself tells, in the shape that conditions read.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

// A visit ends after 30 minutes without anything happening: whoever was seen before that came back.
const RETURNING_SECONDS = 1800;
const UTM_NAMES         = array( 'source', 'medium', 'campaign', 'term', 'content' );
// XX, ZZ and T1 say that the host does not know.
const COUNTRY_PATTERN = '/\A(?!XX|ZZ)[A-Z]{2}\z/';
const TAG_PATTERN     = '/\A[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}\z/';

/** What a context is made from that the request does not say itself. */
final class Context_Source {

	/**
	 * @param ?string $visitor    The visitor's id.
	 * @param ?int    $first_seen Whole seconds of the visitor's first event.
	 * @param ?int    $utc_offset Minutes east of UTC where the visitor is.
	 * @param int     $now        Milliseconds.
	 */
	public function __construct(
		public readonly ?string $visitor = null,
		public readonly ?int $first_seen = null,
		public readonly ?int $utc_offset = null,
		public readonly int $now = 0
	) {}
}

/** Builds the whole context of this request. A part that cannot be told is missing. */
function build_context( Context_Source $source ): \stdClass {
	$context            = page_context();
	$context->geo       = members( array( 'country' => read_country() ) );
	$context->device    = members( read_device() );
	$context->language  = read_language();
	$context->query     = members( array_map( sound_text( ... ), query_pairs() ) );
	$context->utm       = read_utm();
	$context->referrer  = members( array( 'host' => read_referrer() ) );
	$context->visitor   = read_visitor_facts( $source );
	$context->custom    = read_custom_signals();
	$context->utcOffset = $source->utc_offset; // phpcs:ignore WordPress.NamingConventions.ValidVariableName
	/**
	 * Filters what this request tells. Add what your host knows, for example `$context->geo->city`.
	 *
	 * @param \stdClass $context Groups `geo`, `device`, `language`, `url`, `query`, `utm`, `referrer`, `visitor`, `custom`.
	 */
	$filtered = apply_filters( 'attune_context', $context );
	return $filtered instanceof \stdClass ? $filtered : $context;
}

/** Somebody is back who was first seen before this visit. */
function read_visitor_facts( Context_Source $source ): \stdClass {
	$is_known = null !== $source->visitor;
	return (object) array(
		'known'     => $is_known,
		'returning' => $is_known && null !== $source->first_seen && $source->first_seen * 1000 < $source->now - RETURNING_SECONDS * 1000,
	);
}

/** The campaign that the address names. */
function read_utm(): \stdClass {
	$pairs = query_pairs();
	$utm   = array();
	foreach ( UTM_NAMES as $name ) {
		$utm[ $name ] = sound_text( $pairs[ "utm_{$name}" ] ?? null );
	}
	return members( $utm );
}

/** What the page's own address tells: the same for everybody. */
function page_context(): \stdClass {
	$path         = strtok( (string) ( $_SERVER['REQUEST_URI'] ?? '/' ), '?#' );
	$context      = new \stdClass();
	$context->url = members( array( 'host' => read_host(), 'path' => sound_text( $path ) ?? '/' ) );
	return $context;
}

/** The host that was asked for; scripts and caches see the same. */
function read_host(): ?string {
	return request_header( 'HTTP_HOST' );
}

/** The country that the host's own header tells; only a header named in the settings is believed. */
function read_country(): ?string {
	$header = settings()['geo_header'];
	$text   = '' === $header ? null : request_header( 'HTTP_' . strtoupper( str_replace( '-', '_', $header ) ) );
	return null !== $text && 1 === preg_match( COUNTRY_PATTERN, strtoupper( $text ), $found ) ? $found[0] : null;
}

/** The first tag of `Accept-Language` as it stands (`en-GB`). */
function read_language(): ?string {
	$first = trim( (string) strtok( request_header( 'HTTP_ACCEPT_LANGUAGE' ) ?? '', ',;' ) );
	return 1 === preg_match( TAG_PATTERN, $first ) ? $first : null;
}

/** The host of the page that led here; from a page of the same site nobody was referred. */
function read_referrer(): ?string {
	$parts = wp_parse_url( request_header( 'HTTP_REFERER' ) ?? '' );
	if ( ! is_array( $parts ) || ! isset( $parts['scheme'], $parts['host'] ) ) {
		return null;
	}
	$host = strtolower( $parts['host'] ) . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
	return read_host() === $host ? null : $host;
}

/**
 * An object of what is there: null and '' are not.
 *
 * @param array<string, ?string> $values By name.
 */
function members( array $values ): \stdClass {
	return (object) array_filter( $values, static fn ( ?string $value ): bool => null !== $value && '' !== $value );
}
