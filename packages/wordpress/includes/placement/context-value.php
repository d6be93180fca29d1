<?php
/**
 * Segment Value: text from what is known of the visitor.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Paths of values: `geo.city`, `query.ref`, `custom.points_left`, `trait.first_name`. */
const VALUE_PATTERN = '/\A[a-z][A-Za-z]{0,31}(?:\.[A-Za-z0-9_.-]{1,64})?\z/';

/**
 * The value of a path as text, on a page that is decided for its visitor; null where nothing is known, and on pages that
 * others may be shown.
 */
function context_value( string $key ): ?string {
	$page = page_facts();
	if ( 1 !== preg_match( VALUE_PATTERN, $key ) || ! $page->is_page || is_aside() || $page->is_edge || $page->is_cacheable ) {
		return null;
	}
	$asked = is_bot() ? null : personalize();
	if ( null === $asked || is_held_out( $asked->ruleset, $asked->question ) ) {
		return null;
	}
	list( $group, $name ) = explode( '.', $key, 2 ) + array( '', '' );
	if ( 'trait' === $group ) {
		$value = Core\is_granted( $asked->question->granted, 'preferences' ) ? $asked->question->profile->traits->$name ?? null : null;
	} else {
		$value = value_at( $asked, $group, $name );
	}
	return is_string( $value ) && '' !== $value || is_int( $value ) || is_float( $value ) ? (string) $value : null;
}

/** A value of the whole context, which is made once a page when values are asked for. */
function value_at( Personalization $asked, string $group, string $name ): mixed {
	static $contexts = null;
	$contexts            ??= new \WeakMap();
	$contexts[ $asked ] ??= $asked->context();
	$context              = $contexts[ $asked ];
	return '' === $name ? $context->$group ?? null : $context->$group->$name ?? null;
}

/**
 * The value of the block binding `attune/value`.
 *
 * @param array<string, mixed> $args key, fallback.
 */
function bound_value( array $args, \WP_Block $block, string $attribute ): ?string {
	load_stage();
	$key      = is_string( $args['key'] ?? null ) ? $args['key'] : '';
	$fallback = is_string( $args['fallback'] ?? null ) ? $args['fallback'] : '';
	$is_text  = in_array( $attribute, array( 'content', 'text' ), true );
	$value    = context_value( $key );
	if ( null !== $value ) {
		return $is_text ? plain_html( $value ) : plain_attribute( $value, $attribute );
	}
	return $is_text ? value_markup( $key, $fallback ) : $fallback;
}

/**
 * Text as it stands in a page: no element, and no shortcode either, for WordPress looks for those in all that blocks printed.
 * `&#091;` is what WordPress itself leaves alone; of `&#91;` it makes a bracket again.
 */
function plain_html( string $text ): string {
	return strtr( esc_html( $text ), array( '[' => '&#091;', ']' => '&#093;' ) );
}

/** A value for an attribute, which WordPress escapes; as an address it is one that leads somewhere and runs nothing. */
function plain_attribute( string $value, string $attribute ): string {
	$value = in_array( $attribute, array( 'url', 'href', 'src' ), true ) ? sanitize_url( $value ) : $value;
	return str_replace( array( '[', ']' ), array( '%5B', '%5D' ), $value );
}

/** A fallback that a browser may replace by what it knows. */
function value_markup( string $key, string $fallback ): string {
	if ( 1 !== preg_match( VALUE_PATTERN, $key ) || ! page_facts()->is_page || is_aside() ) {
		return plain_html( $fallback );
	}
	return '<span class="attune-value" data-attune-key="' . esc_attr( $key ) . '">' . plain_html( $fallback ) . '</span>';
}
