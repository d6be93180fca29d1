<?php
/**
 * How a placement is delivered.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

// Variants whose source is longer than this, in bytes, are fetched by those who see them.
const HEAVY_BYTES = 24576;

/**
 * Chooses how a placement is delivered.
 *
 * - static: the default alone. Whatever is no page.
 * - edge: every variant, for the edge that asked to choose from.
 * - server: the variant. What is the same for everybody; on pages that are not kept; where the cache keys on segments.
 * - inline: every variant, chosen from before anything is painted.
 * - fragment: the default; the variant is fetched. Variants that are heavy, or must not stand in the page's source.
 *
 * What an editor asks for is done where it is safe, else what would be chosen without.
 *
 * @param array<string, mixed> $ruleset As load_ruleset() gives it.
 * @param int                  $bytes   Length of the source of all variants.
 */
function delivery_of( Placement $placement, Page_Facts $page, array $ruleset, int $bytes ): string {
	$wanted = 'auto' === $placement->delivery ? settings()['delivery'] : $placement->delivery;
	if ( ! $page->is_page || 'static' === $wanted ) {
		return 'static';
	}
	$scope = placement_scope( $placement, $ruleset );
	if ( 'static' === $scope ) {
		return 'server';
	}
	if ( $page->is_edge ) {
		return 'edge';
	}
	if ( ! $page->is_cacheable ) {
		return 'server';
	}
	if ( 'server' === $wanted && can_refuse_caches() ) {
		return 'server';
	}
	$is_experiment = 'experiment' === $placement->strategy;
	$hidden        = $ruleset['confidential'];
	$is_public     = array() === $hidden || array() === array_intersect( segments_of( $placement, $ruleset ), $hidden );
	// No key speaks of a confidential segment; signed cookies do, where there are any.
	if ( $page->is_keyed && ! $is_experiment && ( $is_public || '' === settings()['collector'] ) ) {
		return 'keyed';
	}
	$is_asked = 'fragment' === $wanted || ! $is_public || 'inline' !== $wanted && $bytes > HEAVY_BYTES;
	// Without a collector nobody has the cookies by which a visitor's own is decided: what may stand in the page is chosen there.
	$is_known = ! $is_public || '' !== settings()['collector'] || ! is_own( $placement, $ruleset );
	// Without a post that holds it, a placement cannot be fetched by itself.
	if ( $is_asked && ! $is_experiment && $is_known && 0 !== source_post( $placement->id ) ) {
		return 'fragment';
	}
	return 'inline';
}
