<?php
/**
 * The markers of our shortcodes in a text.
 *
 * `[attune …]` … `[attune:else-if …]` … `[attune:else]` … `[/attune]`; `attune-if`, and `attune-if-2` to `attune-if-9` for code
 * whose shortcodes cannot nest, are the same under other names.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

// An opening or closing marker or a separator, whole. A doubled bracket is WordPress's way to write a shortcode as text.
const MARKER = '\[(?<escape>\[?)(?<close>\/?)(?<name>attune(?:-if(?:-[2-9])?)?)(?::(?<separator>else-if|else))?(?<attributes>\s(?:[^\]"\']++|"[^"]*+"|\'[^\']*+\')*+)?\](?<escaped>\]?)';

/** One marker and the text before it. */
final class Marker {
	public function __construct(
		public readonly string $before,
		public readonly string $kind,
		public readonly string $name,
		public readonly array $attributes
	) {}
}

/**
 * The markers of a text in order; the last has the kind 'end' and what stands behind all others.
 *
 * @return list<Marker> Of the kinds 'open', 'close', 'else-if', 'else', 'end'.
 */
function find_markers( string $text ): array {
	$markers = array();
	$from    = 0;
	$count   = preg_match_all( '/' . MARKER . '/', $text, $found, PREG_SET_ORDER | PREG_OFFSET_CAPTURE );
	foreach ( false === $count ? array() : $found as $match ) {
		if ( '' !== $match['escape'][0] && '' !== ( $match['escaped'][0] ?? '' ) ) {
			continue;
		}
		// Of a bracket that stands before or behind the marker alone, the bracket is text.
		$start     = $match[0][1] + strlen( $match['escape'][0] );
		$kind      = marker_kind( $match['close'][0], $match['separator'][0] ?? '' );
		$markers[] = new Marker( substr( $text, $from, $start - $from ), $kind, $match['name'][0], marker_attributes( $match['attributes'][0] ?? '' ) );
		$from      = $match[0][1] + strlen( $match[0][0] ) - strlen( $match['escaped'][0] ?? '' );
	}
	$markers[] = new Marker( substr( $text, $from ), 'end', '', array() );
	return $markers;
}

function marker_kind( string $close, string $separator ): string {
	if ( '' !== $separator ) {
		return $separator;
	}
	return '' === $close ? 'open' : 'close';
}

/**
 * Attributes as a visual editor may have left them: with curly or escaped quotes.
 *
 * @return array<int|string, string>
 */
function marker_attributes( string $text ): array {
	$text  = str_replace( array( '“', '”', '″', '&#8220;', '&#8221;', '&#8243;', '&quot;', '&#034;' ), '"', $text );
	$given = shortcode_parse_atts( $text );
	return is_array( $given ) ? $given : array();
}

/** A text without what is left of our markers. */
function without_markers( string $text ): string {
	return (string) preg_replace_callback(
		'/' . MARKER . '/',
		static fn ( array $found ): string => '' !== $found['escape'] && '' !== ( $found['escaped'] ?? '' ) ? $found[0] : $found['escape'] . ( $found['escaped'] ?? '' ),
		$text
	);
}
