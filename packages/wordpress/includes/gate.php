<?php
/**
 * The gate: looks at everything that WordPress renders, and lets what is not ours pass before anything of ours is loaded.
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

/**
 * Renders an Adaptive Content block.
 *
 * @param mixed      $attributes As WordPress prepared them; ours are read as they were written.
 * @param ?\WP_Block $block      Code that renders a block type by hand has none, and so nothing to choose from.
 */
function render_adaptive( mixed $attributes, mixed $content = '', ?\WP_Block $block = null ): string {
	if ( null === $block ) {
		return '';
	}
	load_stage();
	return render_adaptive_block( $block );
}

/** A variant that stands in no Adaptive Content has nobody who could choose it. */
function render_lone_variant(): string {
	return '';
}

/**
 * Keeps a block with an audience from being rendered for others, before it costs anything; for `pre_render_block`.
 *
 * @param ?string              $html   What others decided.
 * @param array<string, mixed> $block  As parse_blocks() gives it.
 */
function before_block( mixed $html, array $block, ?\WP_Block $parent = null ): mixed {
	$name = $block['blockName'];
	if ( null === $html && ( 'core/block' === $name || 'core/post-content' === $name || 'attune/adaptive' === $name ) ) {
		enter_block( $block, $parent );
	}
	if ( null !== $html || ! isset( $block['attrs']['metadata']['attune'] ) ) {
		return $html;
	}
	load_stage();
	Block_Place::$layout = layout_around( $parent );
	return is_hidden_block( $block ) ? '' : null;
}

/**
 * Hides what did not pass before_block(), or lets the browser choose; for `render_block`.
 *
 * @param mixed                $given What others made of it; a filter that forgot its answer made nothing.
 * @param array<string, mixed> $block As parse_blocks() gives it.
 */
function after_block( mixed $given, array $block ): string {
	$html = is_string( $given ) ? $given : '';
	$name = $block['blockName'];
	if ( 'core/block' === $name || 'core/post-content' === $name ) {
		leave_block( $block );
	} elseif ( 'core/template-part' === $name && str_contains( $html, '[' ) ) {
		$html = after_template_part( $html );
	}
	if ( str_contains( $html, 'data-attune-key' ) ) {
		load_stage();
		$html = fill_values( $html );
	}
	if ( ! isset( $block['attrs']['metadata']['attune'] ) || '' === trim( $html ) ) {
		return $html;
	}
	load_stage();
	return render_audience( $html, $block );
}

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
	return is_string( $text ) && str_contains( $text, '<attune-part' ) ? restore_parts( $text ) : $text;
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

/** Begins a page: sends what headers it needs; for `template_redirect`. */
function begin_page(): void {
	$is_view = isset( $_GET['attune_view'] ); // phpcs:ignore WordPress.Security.NonceVerification.Recommended
	if ( null === load_ruleset() && ! $is_view ) {
		return;
	}
	$is_view ? load_stage() : load_page();
	guard_page();
}

/** Guards a page whose request carries what some cache may take for a segment key, in whatever letters; for `template_redirect`. */
function before_keyed_page(): void {
	if ( isset( $_COOKIE['attune_k'] ) || isset( $_SERVER['HTTP_X_ATTUNE_SEGMENT'] ) || false !== stripos( (string) ( $_SERVER['HTTP_COOKIE'] ?? '' ), 'attune_k' ) ) {
		load_room( 'cache' );
		guard_keyed_page();
	}
}

/** What stands in the head of a page; for `wp_head`. */
function print_head(): void {
	if ( function_exists( __NAMESPACE__ . '\\print_resolver' ) ) {
		print_resolver();
	}
	// Loaded with the stage, which a page without placements does without.
	if ( function_exists( __NAMESPACE__ . '\\print_view_style' ) ) {
		print_view_style();
	}
}

/** What stands at the foot of a page; for `wp_footer`. */
function print_foot(): void {
	if ( function_exists( __NAMESPACE__ . '\\print_resolver' ) ) {
		print_page_script();
	}
	if ( function_exists( __NAMESPACE__ . '\\print_view_bar' ) ) {
		print_view_bar();
	}
}

/** The end of a request; for `shutdown`. */
function end_page(): void {
	if ( function_exists( __NAMESPACE__ . '\\announce_horizon' ) ) {
		announce_horizon();
	}
}

/** A mail carries defaults only; for `wp_mail`. */
function before_mail( mixed $mail ): mixed {
	if ( ! is_array( $mail ) || ! is_string( $mail['message'] ?? null ) || ! str_contains( $mail['message'], '<attune-' ) ) {
		return $mail;
	}
	load_room( 'delivery' );
	return clean_mail( $mail );
}

/** Leaves out a widget that is hidden; for `widget_display_callback`. */
function before_widget( mixed $instance, \WP_Widget $widget ): mixed {
	if ( ! is_array( $instance ) || 'block' !== $widget->id_base || ! str_contains( (string) ( $instance['content'] ?? '' ), '"attune":' ) ) {
		return $instance;
	}
	load_stage();
	return widget_of_audience( $instance );
}

/** Puts variants to rest in a post that is saved; for `content_save_pre`, whose text has slashes. */
function before_save( mixed $content ): mixed {
	if ( ! is_string( $content ) || ! str_contains( $content, 'wp:attune/variant' ) ) {
		return $content;
	}
	load_room( 'placement' );
	return wp_slash( with_variants_at_rest( wp_unslash( $content ) ) );
}

/** Puts variants to rest in a widget that is saved; for `widget_update_callback`. */
function before_widget_save( mixed $instance ): mixed {
	$content = is_array( $instance ) ? $instance['content'] ?? null : null;
	if ( ! is_string( $content ) || ! str_contains( $content, 'wp:attune/variant' ) ) {
		return $instance;
	}
	load_room( 'placement' );
	return array( 'content' => with_variants_at_rest( $content ) ) + $instance;
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
