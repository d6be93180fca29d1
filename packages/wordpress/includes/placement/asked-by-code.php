<?php
/**
 * What code asks of the visitor.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Whether this page is decided for its visitor alone, or can still be kept out of every cache so that it is. */
function is_own_page(): bool {
	$page = page_facts();
	if ( ! $page->is_page || is_aside() || $page->is_edge || is_bot() ) {
		return false;
	}
	if ( $page->is_cacheable && can_refuse_caches() ) {
		refuse_caches();
		return true;
	}
	return ! $page->is_cacheable;
}

/** Whether the visitor is in a segment; see attune_matches(). */
function visitor_matches( string $segment ): bool {
	$ruleset = load_ruleset();
	if ( ! isset( $ruleset['segments'][ $segment ] ) || ! page_facts()->is_page ) {
		return false;
	}
	try {
		$is_static = 'static' === $ruleset['scopes'][ $segment ] && null === view_as();
		$question  = $is_static ? nobody_asks() : ( is_own_page() ? personalize()?->question : null );
		if ( null === $question ) {
			return false;
		}
		$asking  = open_asking( $ruleset, $question, $is_static );
		$matches = 1 === segment_truth( $asking, $segment );
		if ( $is_static ) {
			note_horizon( $asking->until );
		}
		return $matches;
	} catch ( \Throwable $error ) {
		report_error( $error, 'attune_matches' );
		return false;
	}
}

/** What this request tells; see attune_context(). */
function visitor_context(): \stdClass {
	return ( is_own_page() ? personalize()?->context() : null ) ?? page_context();
}

/**
 * A placement whose variants code makes.
 *
 * @param array<string, string|callable(): string> $variants Variant key → safe HTML, or what makes it.
 */
function coded_placement( string $id, array $variants ): string {
	$keys   = array_map( 'strval', array_keys( $variants ) );
	$given  = array_map( static fn ( string $key ): array => array( 'key' => $key, 'isDefault' => 'default' === $key ), $keys );
	$render = static function ( int $index ) use ( $variants, $keys ): string {
		$variant = $variants[ $keys[ $index ] ];
		return is_callable( $variant ) ? (string) $variant() : (string) $variant;
	};
	return render_placement( new Stage( create_placement( array( 'placementId' => $id ), $given ), $render ) );
}
