<?php
/**
 * How things stand with a ruleset that somebody else publishes.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The option with what the last fetches brought; not autoloaded. */
const SOURCE_OPTION = 'attune_source';
/** Seconds without a good answer after which the ruleset counts as stale: three intervals. */
const STALE_SECONDS = 900;
/** So many revisions are remembered, so that none of them comes back. */
const REMEMBERED_REVISIONS = 100;

/**
 * The state of the source.
 *
 * - state: `here` (this site publishes), `fresh`, `stale`, or `none` when nothing was ever read.
 * - age: seconds since the last good answer; null when there was none.
 * - trouble: what the last fetch failed with; empty when it did not.
 *
 * @param int $now Seconds since 1970.
 * @return array{state: string, age: ?int, trouble: string}
 */
function source_state( int $now ): array {
	if ( 'url' !== settings()['source'] ) {
		return array(
			'state'   => 'here',
			'age'     => null,
			'trouble' => '',
		);
	}
	$kept = source_option();
	$age  = 0 === $kept['heard'] ? null : max( 0, $now - $kept['heard'] );
	return array(
		'state'   => null === $age ? 'none' : ( $age > STALE_SECONDS ? 'stale' : 'fresh' ),
		'age'     => $age,
		'trouble' => $kept['trouble'],
	);
}

/**
 * What the last fetches brought: from where, when a good answer was last heard, its ETag, trouble, revisions once in force.
 *
 * @return array{url: string, heard: int, etag: string, trouble: string, revisions: list<string>}
 */
function source_option(): array {
	$none = array(
		'url'       => settings()['source_url'],
		'heard'     => 0,
		'etag'      => '',
		'trouble'   => '',
		'revisions' => array(),
	);
	$kept = get_option( SOURCE_OPTION );
	// Another address is another source, with a past of its own.
	return is_array( $kept ) && ( $kept['url'] ?? '' ) === $none['url'] ? array_merge( $none, array_intersect_key( $kept, $none ) ) : $none;
}
