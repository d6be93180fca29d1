<?php
/**
 * Our shortcodes as a tree. WordPress's own reading stops at the first closing marker, so that its shortcodes cannot nest.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** One shortcode: its branches in order. */
final class Shortcode {
	/**
	 * @param list<array{attributes: array<int|string, string>, parts: list<string|Shortcode>}> $branches The first is the opening
	 *                                             marker's; the one of `[attune:else]` has the attribute 'default'.
	 * @param bool                                 $is_closed A closing marker was found.
	 */
	public function __construct(
		public array $branches = array(),
		public bool $is_closed = false,
		public string $name = ''
	) {}

	/** Adds to the branch that is being read. */
	public function add( string|Shortcode $part ): void {
		if ( '' !== $part ) {
			$this->branches[ array_key_last( $this->branches ) ]['parts'][] = $part;
		}
	}

	/** Begins a branch. */
	public function begin( array $attributes ): void {
		$this->branches[] = array(
			'attributes' => $attributes,
			'parts'      => array(),
		);
	}
}

/** The most shortcodes in one another; deeper ones are not told apart from their parents. */
const MAX_NESTING = 16;

/**
 * Reads a text: plain parts and shortcodes in order. A separator or closing marker that belongs to nothing is left out.
 *
 * @return list<string|Shortcode>
 */
function parse_shortcodes( string $text ): array {
	$root = new Shortcode();
	$root->begin( array() );
	$open = array( $root );
	foreach ( find_markers( $text ) as $marker ) {
		$current = end( $open );
		$current->add( $marker->before );
		if ( 'open' === $marker->kind && count( $open ) <= MAX_NESTING ) {
			$open[] = open_shortcode( $current, $marker );
		} elseif ( 'close' === $marker->kind ) {
			$open = close_shortcode( $open, $marker->name );
		} elseif ( ( 'else' === $marker->kind || 'else-if' === $marker->kind ) && count( $open ) > 1 ) {
			$current->begin( 'else' === $marker->kind ? array( 'default' => '1' ) : $marker->attributes );
		}
	}
	return $root->branches[0]['parts'];
}

function open_shortcode( Shortcode $parent, Marker $marker ): Shortcode {
	$shortcode = new Shortcode( name: $marker->name );
	$shortcode->begin( $marker->attributes );
	$parent->add( $shortcode );
	return $shortcode;
}

/**
 * Closes the innermost shortcode of a name, and with it those in it that nobody closed.
 *
 * @param list<Shortcode> $open From the text itself to the innermost.
 * @return list<Shortcode>
 */
function close_shortcode( array $open, string $name ): array {
	for ( $depth = count( $open ) - 1; $depth > 0; $depth-- ) {
		if ( $open[ $depth ]->name === $name ) {
			$open[ $depth ]->is_closed = true;
			return array_slice( $open, 0, $depth );
		}
	}
	return $open;
}
