<?php
/**
 * Registering blocks, shortcodes and the source of block bindings: by name alone, what they do is loaded when they are met.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Registers the blocks; for `init`. */
function register_blocks(): void {
	$file = ATTUNE_DIR . '/build/blocks/blocks.php';
	// What edits wants the scripts of editors as well, and their words translated; pages do not.
	$is_for_editing = is_admin() || defined( 'WP_CLI' ) && WP_CLI;
	$is_for_editing || ! is_file( $file ) ? register_blocks_for_editing() : register_block_types( require $file );
}

/** Registers the blocks with all that editors need: from what the build made, or, without a build, so far that pages show them. */
function register_blocks_for_editing(): void {
	register_block_types( array( 'adaptive' => array(), 'variant' => array() ), ATTUNE_DIR . '/build/blocks' );
	// WordPress looks for those of its own language packs alone.
	wp_set_script_translations( 'attune-adaptive-editor-script', 'attune', ATTUNE_DIR . '/languages' );
	// Of a style that a block names it takes the mirrored one to end in `.min.css`, as its own do.
	wp_style_add_data( 'attune-adaptive-editor-style', 'rtl', 'replace' );
	wp_style_add_data( 'attune-adaptive-editor-style', 'suffix', '' );
}

/** Loads the translations that came with the plugin; for `init`. English is what is written. */
function load_translations(): void {
	if ( 'en_US' !== determine_locale() ) {
		load_plugin_textdomain( 'attune', false, dirname( plugin_basename( ATTUNE_FILE ) ) . '/languages' );
	}
}

/**
 * Registers the blocks, those that are registered already anew.
 *
 * @param array<string, array<string, mixed>> $types  Name → what register_block_type() takes.
 * @param string                              $folder Of folders with a block.json, which says the rest; '' for none.
 */
function register_block_types( array $types, string $folder = '' ): void {
	$renders = array(
		'adaptive' => render_adaptive( ... ),
		'variant'  => render_lone_variant( ... ),
	);
	foreach ( $renders as $name => $render ) {
		$args = array(
			'render_callback'   => $render,
			// Whether the inner blocks are rendered is for us to decide: those not chosen must cost nothing.
			'skip_inner_blocks' => true,
		);
		if ( \WP_Block_Type_Registry::get_instance()->is_registered( "attune/{$name}" ) ) {
			unregister_block_type( "attune/{$name}" );
		}
		$is_file = '' !== $folder && is_file( "{$folder}/{$name}/block.json" );
		$is_file ? register_block_type_from_metadata( "{$folder}/{$name}", $args ) : register_block_type( "attune/{$name}", $args + ( $types[ $name ] ?? array() ) );
	}
}

/** Registers shortcodes and the source of block bindings; for `init`. */
function register_tags(): void {
	foreach ( array( 'attune', 'attune-if', ...array_map( static fn ( int $twin ): string => "attune-if-{$twin}", range( 2, 9 ) ) ) as $tag ) {
		add_shortcode( $tag, in_room( 'shortcode', 'attune_tag' ) );
	}
	add_shortcode( 'attune-value', in_room( 'shortcode', 'value_tag' ) );
	add_shortcode( 'attune-placement', in_room( 'shortcode', 'placement_tag' ) );
	register_block_bindings_source(
		'attune/value',
		array(
			'label'              => _x( 'Segment Value', 'block bindings source', 'attune' ),
			'get_value_callback' => in_room( 'placement', 'bound_value' ),
		)
	);
}
