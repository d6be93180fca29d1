<?php
/**
 * The inline format Segment Value: `<span class="attune-value" data-attune-key="geo.city">your area</span>`.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Replaces what stands in spans of the format. */
final class Value_Processor extends \WP_HTML_Tag_Processor {

	/** Replaces what stands between the span that was found and its end, by text that is escaped here; the span asks for nothing then. */
	public function fill( string $text ): void {
		if ( ! $this->set_bookmark( 'attune-open' ) || ! $this->find_end() || ! $this->set_bookmark( 'attune-close' ) ) {
			return;
		}
		$open  = $this->bookmarks['attune-open'];
		$close = $this->bookmarks['attune-close'];
		$start = $open->start + $open->length;
		// WordPress 6.5 counts a tag without its last character.
		$start += '>' === $this->html[ $start - 1 ] ? 0 : 1;
		$this->lexical_updates[] = new \WP_HTML_Text_Replacement( $start, $close->start - $start, plain_html( $text ) );
		// Going back settles the replacement; an attribute that went before it would move what the bookmarks point at.
		$this->seek( 'attune-open' );
		$this->remove_attribute( 'data-attune-key' );
		$this->release_bookmark( 'attune-open' );
		$this->release_bookmark( 'attune-close' );
	}

	/** Goes on to the end of the span that was found; spans may stand in it. */
	private function find_end(): bool {
		$depth = 1;
		while ( $depth > 0 && $this->next_tag( array( 'tag_name' => 'span', 'tag_closers' => 'visit' ) ) ) {
			$depth += $this->is_tag_closer() ? -1 : 1;
		}
		return 0 === $depth;
	}
}

/** HTML whose values are filled in, as far as this page may show them. */
function fill_values( string $html ): string {
	$page = page_facts();
	if ( ! $page->is_page || is_aside() || $page->is_cacheable || $page->is_edge ) {
		return $html;
	}
	$spans = new Value_Processor( $html );
	while ( $spans->next_tag( array( 'tag_name' => 'span', 'class_name' => 'attune-value' ) ) ) {
		$key   = $spans->get_attribute( 'data-attune-key' );
		$value = is_string( $key ) ? context_value( $key ) : null;
		if ( null !== $value ) {
			$spans->fill( $value );
		}
	}
	return $spans->get_updated_html();
}
