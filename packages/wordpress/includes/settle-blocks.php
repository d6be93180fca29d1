<?php
/**
 * Placements of blocks in a text that WordPress has not taken apart yet: where one variant is shown and nothing stands around it,
 * the placement is replaced by the source of that variant. WordPress then reads and renders a page of plain blocks; of the other
 * variants it learns nothing. What is written in any other way than editors write it is left for the blocks themselves.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

const ADAPTIVE_OPEN  = '<!-- wp:attune/adaptive ';
const ADAPTIVE_CLOSE = '<!-- /wp:attune/adaptive -->';
const VARIANT_OPEN   = '<!-- wp:attune/variant ';
const VARIANT_CLOSE  = '<!-- /wp:attune/variant -->';
/** What blocks of ours are written with; of what other code wrote beside it, that code may want to see the block. */
const ADAPTIVE_NAMES = array(
	'placementId' => true,
	'label'       => true,
	'delivery'    => true,
	'reserve'     => true,
	'strategy'    => true,
);
const VARIANT_NAMES  = array(
	'key'       => true,
	'label'     => true,
	'segments'  => true,
	'match'     => true,
	'isDefault' => true,
	'share'     => true,
	'from'      => true,
	'until'     => true,
);

/** A placement of blocks as its source has it. */
final class Block_Source {

	/**
	 * @param list<string> $inner What stands in each variant, by its place, as it rests there.
	 */
	public function __construct( public readonly Placement $placement, public readonly array $inner ) {}
}

/**
 * A text of blocks whose placements are settled, as far as they can be.
 *
 * @param string $text That do_blocks() is about to get, as a whole.
 */
function settle_blocks( string $text ): string {
	if ( ! is_settled_page() || ! is_left_to_us() ) {
		return $text;
	}
	$pieces  = explode( ADAPTIVE_OPEN, $text );
	$settled = array_shift( $pieces );
	$depth   = block_depth( $settled );
	foreach ( $pieces as $piece ) {
		$parts = explode( ADAPTIVE_CLOSE, $piece );
		// A placement in a placement: what is shown of the inner one depends on the outer.
		if ( 2 !== count( $parts ) ) {
			return $text;
		}
		// Blocks in other blocks may be given something by these.
		$source   = 0 === $depth ? read_block_source( $parts[0] ) : null;
		$settled .= ( null === $source ? null : settled_source( $source ) ) ?? ADAPTIVE_OPEN . $parts[0] . ADAPTIVE_CLOSE;
		$settled .= $parts[1];
		$depth   += block_depth( $parts[1] );
	}
	// Without a block in it WordPress would take the text for one that needs paragraphs.
	return str_contains( $settled, '<!-- wp:' ) ? $settled : $text;
}

/** Whether placements of this page show one variant each. */
function is_settled_page(): bool {
	$page = page_facts();
	return $page->is_page && ! $page->is_edge && ( ! $page->is_cacheable || $page->is_keyed ) && null === view_as() && ! is_aside();
}

/** Whether nobody else listens to blocks of ours in particular. */
function is_left_to_us(): bool {
	return ! has_filter( 'render_block_attune/adaptive' ) && ! has_filter( 'render_block_attune/variant' );
}

/** How many blocks more are open at the end of a text than at its beginning. */
function block_depth( string $text ): int {
	return substr_count( $text, '<!-- wp:' ) - substr_count( $text, '<!-- /wp:' ) - substr_count( $text, '/-->' );
}

/** What a placement shows; null where it is more than one variant, or one that rests otherwise than we let it. */
function settled_source( Block_Source $source ): ?string {
	$rendering = plan_rendering( new Stage( $source->placement, static fn (): string => '' ) );
	return $rendering->is_plain ? source_awake( $source->inner[ $rendering->places[0] ] ?? '' ) : null;
}

/**
 * Reads a placement of blocks.
 *
 * @param string $text Behind the beginning of its first delimiter and before its last.
 * @return ?Block_Source Null when it is not written as editors write it.
 */
function read_block_source( string $text ): ?Block_Source {
	$attributes = array();
	$inner      = array();
	foreach ( explode( VARIANT_OPEN, $text ) as $at => $part ) {
		$end  = strpos( $part, '-->' );
		$json = false === $end ? '' : substr( $part, 0, $end );
		// One that has no attributes, or an end of its own, is not ours to read.
		if ( ! str_ends_with( $json, '} ' ) ) {
			return null;
		}
		$behind = substr( $part, $end + 3 );
		if ( $at > 0 ) {
			$ends = explode( VARIANT_CLOSE, $behind );
			// A variant in a variant ends elsewhere.
			if ( 2 !== count( $ends ) ) {
				return null;
			}
			list( $inner[], $behind ) = $ends;
		}
		if ( '' !== trim( $behind ) ) {
			return null;
		}
		$attributes[] = $json;
	}
	$given = read_attributes( $attributes );
	return null === $given || str_contains( $text, 'wp:attune/adaptive' ) ? null : new Block_Source( create_placement( array_shift( $given ), $given ), $inner );
}

/**
 * Reads the attributes of a placement and its variants, together: to decode each by itself takes twice as long.
 *
 * @param list<string> $attributes As JSON, those of the placement first.
 * @return ?list<array<string, mixed>> Null when something is no object of ours.
 */
function read_attributes( array $attributes ): ?array {
	$given = json_decode( '[' . implode( ',', $attributes ) . ']', true );
	if ( ! is_array( $given ) || count( $given ) !== count( $attributes ) ) {
		return null;
	}
	foreach ( $given as $at => $one ) {
		if ( ! is_array( $one ) || array() !== array_diff_key( $one, 0 === $at ? ADAPTIVE_NAMES : VARIANT_NAMES ) ) {
			return null;
		}
	}
	return $given;
}

/** What stands in a variant, without the element it rests in; null where that is not all around it, or stands in it again. */
function source_awake( string $inner ): ?string {
	if ( ! str_contains( $inner, '<template data-attune-variant' ) ) {
		return str_contains( $inner, 'wp:attune/variant' ) ? null : $inner;
	}
	$is_so = 1 === preg_match( '#' . REST_OPEN_PATTERN . '(.*)' . REST_CLOSE . '\s*\z#s', $inner, $found );
	return $is_so && ! str_contains( $found[1], '<template data-attune-variant' ) && ! str_contains( $found[1], 'wp:attune/variant' ) ? $found[1] : null;
}
