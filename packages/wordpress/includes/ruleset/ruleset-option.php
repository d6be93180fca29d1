<?php
/**
 * Which ruleset the site is decided by: one small autoloaded option.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The option; array( 'revision', 'hash', 'file', 'post' ). */
const RULESET_OPTION = 'attune_ruleset';
/** Set while the kept JSON of the ruleset in force cannot be compiled; nothing tries again before the next publication. */
const DAMAGED_OPTION = 'attune_damaged';
/**
 * The option array( 'revision', 'hash', 'of', 'at' ): under which revision GET /ruleset last gave out what, when; autoloaded.
 */
const PUBLIC_REVISION_OPTION = 'attune_public_revision';
/** Who compiled: another version of the plugin may compile to another shape. */
const MADE_BY = ATTUNE_VERSION . '/2';

/**
 * Which ruleset is in force; null when none was published.
 *
 * - revision, hash, post: as in Publication.
 * - file: whether the compiled form is a PHP file.
 *
 * @return array{revision: string, hash: string, file: bool, post: int}|null
 */
function ruleset_option(): ?array {
	$kept = get_option( RULESET_OPTION );
	$good = is_array( $kept ) && is_string( $kept['hash'] ?? null ) && is_string( $kept['revision'] ?? null )
		&& 1 === preg_match( '/^[0-9a-f]{64}$/D', $kept['hash'] );
	return $good ? $kept + array( 'file' => false, 'post' => 0 ) : null;
}

/**
 * The name of a ruleset's content: SHA-256 of its JSON, 64 hex digits. Which segments are confidential decides which may
 * stand in a cookie and at which bit, so they are part of it.
 *
 * @param list<string> $confidential Segment keys.
 */
function ruleset_hash( string $json, array $confidential ): string {
	sort( $confidential, SORT_STRING );
	return hash( 'sha256', array() === $confidential ? $json : $json . "\n" . implode( "\n", $confidential ) );
}

/**
 * The revision under which other hosts know the ruleset in force (their tokens are bound to that); empty when there is none.
 */
function public_revision(): string {
	$in_force = ruleset_option();
	if ( null === $in_force ) {
		return '';
	}
	$known = get_option( PUBLIC_REVISION_OPTION );
	return is_array( $known ) && ( $known['hash'] ?? '' ) === $in_force['hash'] ? $known['revision'] : $in_force['revision'];
}
