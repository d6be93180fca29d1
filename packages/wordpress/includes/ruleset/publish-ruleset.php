<?php
/**
 * Putting a ruleset in force.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Checks a published ruleset, keeps it, compiles it and decides every page from now on by it. Until the last step the one
 * before stays in force, and it stays when anything fails.
 *
 * @param string $published_json What `attune publish` or the Segments screen made; with its document, explanations work.
 * @param int    $author         The user who publishes; 0 for nobody.
 * @throws \InvalidArgumentException When it is no sound ruleset: the place, the value and the cure.
 * @throws \RuntimeException When WordPress cannot keep it.
 */
function publish_ruleset( string $published_json, int $author = 0 ): Publication {
	load_room( 'ruleset/publish' );
	$json    = storable_json( $published_json );
	$ruleset = prepare_ruleset( $json, settings()['confidential'] );
	$post    = keep_ruleset( $json, $ruleset['revision'], $author );
	return enforce_ruleset( $ruleset, $post );
}
