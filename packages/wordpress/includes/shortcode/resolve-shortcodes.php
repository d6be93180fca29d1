<?php
/**
 * Settling our shortcodes in a text: before WordPress makes blocks and paragraphs of it.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

// A marker that stands alone in a paragraph or a shortcode block: what is around it is no part of any branch.
const ALONE = '#<!-- wp:(?<block>shortcode|paragraph)(?: [^>]*)?-->\s*(?:<p(?:\s[^>]*)?>)?\s*(?<inner>' . MARKER . ')\s*(?:</p>)?\s*<!-- /wp:\k<block> -->|<p(?:\s[^>]*)?>\s*(?<lone>\[/?attune(?:-if(?:-[2-9])?)?(?::else(?:-if)?)?(?:\s[^\]]*)?\])\s*</p>#';
// What ends a branch that nobody closed: the rest of the page is no part of it.
const BRANCH_END = '#\n\s*\n|</p>|<!-- /?wp:#';

/** What was rendered early and is put back when WordPress is done with the text. */
final class Kept_Parts {
	/** @var array<string, string> Stand-in → HTML. */
	public static array $html = array();
}

/** A text whose shortcodes are settled; what is not plain text stands in the text as an element until restore_parts(). */
function resolve_shortcodes( string $text ): string {
	return resolve_parts( parse_shortcodes( markers_alone( $text ) ), str_contains( $text, '<!-- wp:' ), true );
}

/** A template whose shortcodes are settled for good: WordPress makes no paragraphs of it. */
function settle_shortcodes( string $text ): string {
	return resolve_parts( parse_shortcodes( markers_alone( $text ) ), true, false );
}

/** A text whose markers do not stand in paragraphs and blocks of their own. */
function markers_alone( string $text ): string {
	$freed = preg_replace_callback( ALONE, static fn ( array $found ): string => "\n" . ( '' !== $found['inner'] ? $found['inner'] : $found['lone'] ?? '' ) . "\n", $text );
	return $freed ?? $text;
}

/**
 * The text of parts.
 *
 * @param list<string|Shortcode> $parts     In order.
 * @param bool                   $is_blocks They are block markup.
 * @param bool                   $is_early  WordPress will still make paragraphs, blocks and other shortcodes of it.
 */
function resolve_parts( array $parts, bool $is_blocks, bool $is_early ): string {
	$text = '';
	foreach ( $parts as $part ) {
		$text .= is_string( $part ) ? $part : resolve_shortcode( $part, $is_blocks, $is_early );
	}
	return $text;
}

/** One shortcode: as text where a single branch is shown, else as an element of ours. */
function resolve_shortcode( Shortcode $shortcode, bool $is_blocks, bool $is_early ): string {
	if ( ! $shortcode->is_closed ) {
		$rest = cut_unclosed( $shortcode );
		return resolve_parts( default_parts( $shortcode ), $is_blocks, $is_early ) . $rest;
	}
	$placement = placement_of_shortcode( $shortcode );
	$render    = static fn ( int $index ): string => branch_html( resolve_parts( parts_at( $shortcode, $index ), $is_blocks, false ), $is_blocks );
	$rendering = plan_rendering( new Stage( $placement, $render ) );
	if ( $rendering->is_plain ) {
		$branch = resolve_parts( parts_at( $shortcode, $rendering->places[0] ), $is_blocks, $is_early );
		return trim_breaks( $branch );
	}
	$html = ( $rendering->html )();
	return $is_early ? keep_part( $html ) : $html;
}

/** Ends a branch that nobody closed where its paragraph ends; gives what stands behind. */
function cut_unclosed( Shortcode $shortcode ): string {
	$last = array_key_last( $shortcode->branches );
	$rest = '';
	foreach ( $shortcode->branches[ $last ]['parts'] as $place => $part ) {
		if ( ! is_string( $part ) || 1 !== preg_match( BRANCH_END, $part, $found, PREG_OFFSET_CAPTURE ) ) {
			continue;
		}
		$behind = array_slice( $shortcode->branches[ $last ]['parts'], $place + 1 );
		$rest   = substr( $part, $found[0][1] ) . resolve_parts( $behind, str_contains( $part, '<!-- wp:' ), true );
		array_splice( $shortcode->branches[ $last ]['parts'], $place, null, array( substr( $part, 0, $found[0][1] ) ) );
		break;
	}
	return $rest;
}

/** Branch text as HTML of its own, as WordPress would have made it in the text. */
function branch_html( string $text, bool $is_blocks ): string {
	$text = trim_breaks( $text );
	if ( str_contains( $text, '<!-- wp:' ) ) {
		$text = do_blocks( $text );
	} elseif ( ! $is_blocks && 1 === preg_match( '#\n|<(?:p|div|h[1-6]|ul|ol|table|figure|blockquote|section)\b#', $text ) ) {
		$text = wpautop( wptexturize( $text ) );
	} else {
		$text = wptexturize( $text );
	}
	return force_balance_tags( wp_filter_content_tags( do_shortcode( shortcode_unautop( $text ) ), 'the_content' ) );
}

/** Text without the line breaks and paragraph ends that the markers left at its edges. */
function trim_breaks( string $text ): string {
	return (string) preg_replace( '#^(?:\s*<br\s*/?>|\s*</p>(?=\s*<p[\s>]))+\s*|\s*(?:<br\s*/?>\s*)+$#', '', $text );
}

/** Puts an element in the place of HTML until WordPress is done with the text. */
function keep_part( string $html ): string {
	static $salt = null;
	$salt ??= bin2hex( random_bytes( 6 ) );
	$part   = '<attune-part data-part="' . $salt . '-' . count( Kept_Parts::$html ) . '"></attune-part>';
	Kept_Parts::$html[ $part ] = $html;
	return $part;
}

/** Puts back what was kept; a paragraph that WordPress made around it goes. */
function restore_parts( string $text ): string {
	$text = (string) preg_replace( '#<p>\s*(<attune-part [^>]*></attune-part>)\s*(?:<br />\s*)?</p>#', '$1', $text );
	return strtr( $text, Kept_Parts::$html );
}
