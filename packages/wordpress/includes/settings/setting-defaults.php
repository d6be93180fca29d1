<?php
/**
 * What a setting is until somebody says otherwise. One place.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The ways in which a placement may reach a visitor; `auto` chooses one of the others. */
const DELIVERIES = array( 'auto', 'server', 'inline', 'fragment', 'edge', 'static' );

/** What `DNT: 1` may mean to a site. */
const DO_NOT_TRACK = array( 'ignore', 'obey' );

/**
 * The settings of a site that never saved any.
 *
 * - delivery: one of DELIVERIES.
 * - page_cache: `auto` looks for one, `none` says that there is none.
 * - explicit_consent: without a stated yes nothing but functional.
 * - do_not_track: `obey` takes `DNT: 1` like Global Privacy Control, `ignore` does not.
 * - collector: address of an Attune collector; empty: the profile stays in the browser.
 * - site: the name that tokens are bound to; the same in every part of one installation.
 * - source: `here`, or `url` to read the ruleset that somebody else publishes at source_url.
 * - geo_header: the request header with the country, such as `CF-IPCountry`; empty: none is believed.
 * - confidential: segments whose variants must not stand in a page's source.
 * - keep_days: how long facts about a customer are kept after the last order.
 *
 * @return array<string, mixed>
 */
function setting_defaults(): array {
	return array(
		'delivery'         => 'auto',
		'page_cache'       => 'auto',
		'explicit_consent' => true,
		'do_not_track'     => 'ignore',
		'collector'        => '',
		'site'             => home_host(),
		'source'           => 'here',
		'source_url'       => '',
		'geo_header'       => '',
		'confidential'     => array(),
		'keep_days'        => 90,
	);
}

/** The host of the site's front page, lower case, with its port when it has one. */
function home_host(): string {
	$parts = wp_parse_url( home_url() );
	$host  = strtolower( (string) ( $parts['host'] ?? 'localhost' ) );
	return isset( $parts['port'] ) ? $host . ':' . $parts['port'] : $host;
}
