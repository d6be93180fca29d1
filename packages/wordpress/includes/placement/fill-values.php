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

	/** Replaces what stands between the span that was found and its end, by text that is escaped here. */
	public function replace_inner( string $text ): bool {
		if ( ! $this->set_bookmark( 'attune-open' ) || ! $this->find_end() || ! $this->set_bookmark( 'attune-close' ) ) {
			return false;
		}
		$open  = $this->bookmarks['attune-open'];
		$close = $this->bookmarks['attune-close'];
		$start = $open->start + $open->length;
		$this->lexical_updates[] = new \WP_HTML_Text_Replacement( $start, $close->start - $start, esc_html( $text ) );
		$this->release_bookmark( 'attune-open' );
		$this->release_bookmark( 'attune-close' );
		return true;
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
			$spans->remove_attribute( 'data-attune-key' );
			$spans->replace_inner( $value );
		}
	}
	return $spans->get_updated_html();
}
