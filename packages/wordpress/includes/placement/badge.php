<?php
/**
 * What an editor who looks as somebody else sees around each placement.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** HTML with an outline and the name of what is shown. */
function badged( Stage $stage, Choice $choice, string $html ): string {
	$placement = $stage->placement;
	$name      = name_of_placement( $placement );
	$key       = $placement->key_at( $choice->index );
	$shown     = name_of_variant( $placement, $choice->index );
	// An element of our own may stand in a paragraph, where a shortcode's content does.
	return '<attune-view class="' . esc_attr( trim( "attune-view {$stage->class}" ) ) . '" data-attune-variant="' . esc_attr( $key ) . '">' . $html
		. '<span class="attune-view__badge">' . plain_html( '' === $name ? $shown : "{$name}: {$shown}" ) . '</span></attune-view>';
}

/** How people know a placement: its label, the title of the block that a row belongs to, or its id. */
function name_of_placement( Placement $placement ): string {
	if ( '' === $placement->label ) {
		return $placement->id;
	}
	$type = str_starts_with( $placement->id, 'row-' ) ? \WP_Block_Type_Registry::get_instance()->get_registered( $placement->label ) : null;
	return null === $type || '' === $type->title ? $placement->label : $type->title;
}

/** How people know a variant: by its key, or by its audience where the key is one that the editor made up. */
function name_of_variant( Placement $placement, int $index ): string {
	$key     = $placement->key_at( $index );
	$variant = $placement->variants[ $index ] ?? null;
	if ( null === $variant || array() === $variant->segments || 1 !== preg_match( '/^variant-\d+$/D', $key ) ) {
		return $key;
	}
	$audience = implode( ', ', array_map( segment_label( ... ), $variant->segments ) );
	/* translators: %s: names of segments, with commas. */
	return 'none' === $variant->match ? sprintf( __( 'not in %s', 'attune' ), $audience ) : $audience;
}

/** The look of View as; for the head of a page. */
function print_view_style(): void {
	if ( null !== view_as() ) {
		echo '<style>.attune-view{display:block;position:relative;outline:2px dashed #3858e9;outline-offset:4px}p .attune-view{display:inline}.attune-view__badge{position:absolute;inset-block-start:-14px;inset-inline-end:0;z-index:9;padding:0 6px;background:#3858e9;color:#fff;font:12px/20px sans-serif;white-space:nowrap}.attune-view-bar{position:fixed;inset:auto 0 0;z-index:99998;padding:10px 16px;background:#1e1e1e;color:#fff;font:14px/20px sans-serif;text-align:center}.attune-view-bar a{color:#fff}</style>';
	}
}

/** Says whom the editor looks as, and how to stop; for the foot of a page. */
function print_view_bar(): void {
	$view = view_as();
	if ( null === $view ) {
		return;
	}
	$labels = array_map( segment_label( ... ), array_map( 'strval', array_keys( array_filter( $view ) ) ) );
	$who    = array() === $labels ? __( 'somebody in no segment', 'attune' ) : implode( ', ', $labels );
	printf(
		'<div class="attune-view-bar" role="status">%s <a href="%s">%s</a></div>',
		/* translators: %s: names of segments, with commas. */
		esc_html( sprintf( __( 'You are viewing this page as: %s.', 'attune' ), $who ) ),
		esc_url( remove_query_arg( VIEW_PARAMETER ) ),
		esc_html__( 'Stop', 'attune' )
	);
}
