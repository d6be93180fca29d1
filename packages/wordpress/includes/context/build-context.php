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
// All but `url`, which is the page's own.
const CONTEXT_GROUPS = array( 'geo', 'device', 'language', 'query', 'utm', 'referrer', 'session', 'visitor', 'custom' );
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
	 * @param bool    $is_heard   Whether it is known when the first event was; otherwise nobody can say who returns.
	 * @param string  $session    Value of the cookie that sessions are counted in; '' without consent.
	 */
	public function __construct(
		public readonly ?string $visitor = null,
		public readonly ?int $first_seen = null,
		public readonly ?int $utc_offset = null,
		public readonly int $now = 0,
		public readonly bool $is_heard = true,
		public readonly string $session = ''
	) {}
}

/**
 * Builds the context of this request, as far as it is looked at. A part that cannot be told is missing.
 *
 * @param ?list<string> $groups Names of groups that are needed; null: all.
 */
function build_context( Context_Source $source, ?array $groups = null ): \stdClass {
	$context = page_context();
	foreach ( array_intersect( $groups ?? CONTEXT_GROUPS, CONTEXT_GROUPS ) as $group ) {
		$context->$group = read_group( $group, $source );
	}
	$context->utcOffset = $source->utc_offset; // phpcs:ignore WordPress.NamingConventions.ValidVariableName
	/**
	 * Filters what this request tells. Add what your host knows, for example `$context->geo->city`.
	 *
	 * @param \stdClass $context `url` and those of `geo`, `device`, `language`, `query`, `utm`, `referrer`, `session`, `visitor`, `custom`
	 *                           that are needed.
	 */
	$filtered = apply_filters( 'attune_context', $context );
	return $filtered instanceof \stdClass ? $filtered : $context;
}

/** One part of the context. */
function read_group( string $group, Context_Source $source ): \stdClass|string|null {
	return match ( $group ) {
		'geo' => members( array( 'country' => read_country() ) ),
		'device' => members( read_device() ),
		'language' => read_language(),
		'query' => members( array_map( sound_text( ... ), query_pairs() ) ),
		'utm' => read_utm(),
		'referrer' => members( array( 'host' => read_referrer() ) ),
		'session' => Core\read_session( $source->session, $source->now ),
		'visitor' => read_visitor_facts( $source ),
		'custom' => read_custom_signals(),
	};
}

/**
 * The groups of a context that a ruleset's conditions look at; what is not needed is not read.
 *
 * @param array<string, mixed> $ruleset As load_ruleset() gives it.
 * @return list<string>
 */
function needed_groups( array $ruleset ): array {
	// Of `language`, which is no group, the name is the path.
	return array_values( array_unique( array_map( static fn ( array $field ): string => '' === $field[2] ? $field[3] : $field[2], $ruleset['fields'] ) ) );
}

/** Somebody is back who was first seen before this visit. */
function read_visitor_facts( Context_Source $source ): \stdClass {
	$is_known = null !== $source->visitor;
	if ( ! $source->is_heard ) {
		return (object) ( $is_known ? array( 'known' => true ) : array() );
	}
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
	$host = request_header( 'HTTP_HOST' );
	// Capitals name the same host, to caches as well.
	return null === $host ? null : strtolower( $host );
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
