<?php
/**
 * What themes and other plugins may call.
 *
 * @package Attune
 */

declare( strict_types=1 );

/**
 * Whether the visitor is in a segment. On a page that a cache may keep this takes the page out of caches, unless the segment
 * depends on time and address alone; once output has begun it is too late for that, and the answer is no. A block, a shortcode
 * or attune_placement() leave the page to the cache.
 *
 * @param string $segment Key of a segment; one that is gone matches nobody.
 */
function attune_matches( string $segment ): bool {
	Attune\load_stage();
	return Attune\visitor_matches( $segment );
}

/**
 * The HTML of a placement.
 *
 * @param string                                  $id       Slug of a synced pattern, or the id of a placement.
 * @param array<string, string|callable(): string> $variants Variant key → HTML that is safe to print, or what makes it. Given for
 *                                                placements that code renders itself; the ruleset must know the placement.
 *                                                `default` is shown where no other is.
 */
function attune_placement( string $id, array $variants = array() ): string {
	Attune\load_stage();
	Attune\load_room( 'shortcode' );
	return array() === $variants ? Attune\saved_placement( $id ) : Attune\coded_placement( $id, $variants );
}

/**
 * What this request tells: groups `geo`, `device`, `language`, `url`, `query`, `utm`, `referrer`, `visitor`, `custom`. The same
 * holds for caches as with attune_matches(): when it is too late, only `url` is there.
 */
function attune_context(): stdClass {
	Attune\load_stage();
	return Attune\visitor_context();
}

/**
 * Registers a signal of your own: `custom.<name>` in conditions. Call it on `init` or before.
 *
 * @param string   $name   Letters, digits, `_`, `-`.
 * @param callable $reader Gives text, a number, true or false, a list of texts, or null for nothing.
 */
function attune_register_signal( string $name, callable $reader ): void {
	Attune\load_room( 'context' );
	Attune\register_signal( $name, $reader );
}

/**
 * The hashes of the inline scripts of this plugin, for the script-src of a Content-Security-Policy. A site that gives nonces
 * filters `attune_script_nonce` instead.
 *
 * @return list<string> `'sha256-…'`, quotes included.
 */
function attune_script_hashes(): array {
	Attune\load_room( 'delivery' );
	return Attune\script_hashes();
}
