<?php
/**
 * Texts at the gate: only those that hold a marker of ours are looked into.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** What WordPress, which cannot nest shortcodes, left of ours in a template part, is not for visitors to see. */
function after_template_part( string $html ): string {
	if ( ! has_marker( $html ) ) {
		return $html;
	}
	load_room( 'shortcode' );
	return without_markers( $html );
}

/** Whether a text may hold a marker of ours. */
function has_marker( string $text ): bool {
	return str_contains( $text, '[attune' ) || str_contains( $text, '[/attune' );
}

/** Settles our shortcodes in a text before WordPress takes it apart; for `the_content` and its like. */
function before_content( mixed $text ): mixed {
	if ( ! is_string( $text ) || ! has_marker( $text ) ) {
		return $text;
	}
	load_stage();
	load_room( 'shortcode' );
	return resolve_shortcodes( $text );
}

/** Settles our blocks in a text whose blocks WordPress is about to render; for `the_content` and its like. */
function before_blocks( mixed $text ): mixed {
	if ( ! is_string( $text ) || ! str_contains( $text, '<!-- wp:attune/adaptive ' ) || false === has_filter( (string) current_filter(), 'do_blocks' ) ) {
		return $text;
	}
	load_stage();
	return settle_blocks( $text );
}

/** Settles our shortcodes in the template of a page before WordPress reads it; for `template_include`. */
function before_template( mixed $file ): mixed {
	global $_wp_current_template_content;
	if ( is_string( $_wp_current_template_content ) && has_marker( $_wp_current_template_content ) ) {
		load_stage();
		load_room( 'shortcode' );
		$_wp_current_template_content = settle_shortcodes( $_wp_current_template_content ); // phpcs:ignore WordPress.WP.GlobalVariablesOverride
	}
	return $file;
}

/** Puts back what before_content() kept; for the end of `the_content` and its like. */
function after_content( mixed $text ): mixed {
	// Whoever kept something loaded what puts it back.
	$is_kept = is_string( $text ) && str_contains( $text, '<attune-part' ) && function_exists( __NAMESPACE__ . '\\restore_parts' );
	return $is_kept ? restore_parts( $text ) : $text;
}

/**
 * Our shortcodes stay in texts from which shortcodes are taken away: settled they are the text of everybody.
 *
 * @param list<string> $tags Names of shortcodes to take away.
 * @return list<string>
 */
function kept_shortcodes( array $tags ): array {
	return array_values( array_filter( $tags, static fn ( string $tag ): bool => ! str_starts_with( $tag, 'attune' ) ) );
}

/** A mail carries defaults only; for `wp_mail`. */
function before_mail( mixed $mail ): mixed {
	if ( ! is_array( $mail ) || ! is_string( $mail['message'] ?? null ) || ! str_contains( $mail['message'], '<attune-' ) ) {
		return $mail;
	}
	load_room( 'delivery' );
	return clean_mail( $mail );
}

/** An excerpt carries defaults only; for `get_the_excerpt`, before WordPress makes one. */
function before_excerpt( mixed $excerpt, mixed $post = null ): mixed {
	$post = get_post( $post );
	if ( '' !== $excerpt || null === $post || ! str_contains( $post->post_content, '<!-- wp:attune/adaptive' ) ) {
		return $excerpt;
	}
	load_stage();
	return excerpt_of_defaults( $post );
}
