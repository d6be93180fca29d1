<?php
/**
 * Every hook of the plugin, on one page.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/*
 * Placements on the page: the gate lets everything that is not ours pass before anything else of ours is loaded.
 */

add_action( 'init', load_translations( ... ), 0 );
add_action( 'init', register_blocks( ... ) );
add_action( 'rest_api_init', register_blocks_for_editing( ... ), 0 );
add_action( 'init', register_tags( ... ) );

// Late, so that what others hide costs us nothing; the second is for paths that skip the first, such as navigation links.
add_filter( 'pre_render_block', before_block( ... ), 9999, 3 );
add_filter( 'render_block', after_block( ... ), 9999, 2 );
add_filter( 'widget_display_callback', before_widget( ... ), 10, 2 );

// Before anything is made of the text, links that are embedded (8) included: variants that are not shown cost nothing.
add_filter( 'the_content', before_blocks( ... ), 7 );
add_filter( 'widget_block_content', before_blocks( ... ), 7 );

// Before blocks (9), paragraphs (10) and other shortcodes (11) are made of a text, and after all of them.
foreach ( array( 'the_content', 'widget_text_content', 'widget_block_content', 'widget_text' ) as $text ) {
	add_filter( $text, before_content( ... ), 8 );
	add_filter( $text, after_content( ... ), PHP_INT_MAX );
}
add_filter( 'template_include', before_template( ... ), PHP_INT_MAX );

/*
 * What is saved. After those filters (10) that take away HTML which its author may not write.
 */

add_filter( 'content_save_pre', before_save( ... ), 20 );
add_filter( 'widget_update_callback', before_widget_save( ... ), 20 );

/*
 * What leaves the page carries defaults only.
 */

add_filter( 'get_the_excerpt', before_excerpt( ... ), 9, 2 );
add_filter( 'strip_shortcodes_tagnames', kept_shortcodes( ... ) );
add_filter( 'wp_mail', before_mail( ... ) );

/*
 * The page around placements. Last on template_redirect: by then others have said whether the page may be cached.
 */

add_action( 'template_redirect', begin_page( ... ), 9999 );
add_action( 'wp_head', print_head( ... ), 99 );
add_action( 'wp_footer', print_foot( ... ), 20 );
add_action( 'shutdown', end_page( ... ) );

/*
 * Installation and settings.
 */

// As register_activation_hook() would; it asks for the name each time, and every request comes by here.
$attune_plugin = plugin_basename( ATTUNE_FILE );
add_action( "activate_{$attune_plugin}", activate( ... ) );
add_action( "deactivate_{$attune_plugin}", deactivate( ... ) );
add_action( 'wp_initialize_site', install_new_site( ... ), 20 );
add_filter( 'cron_schedules', add_schedule( ... ) ); // phpcs:ignore WordPress.WP.CronInterval
add_action( 'attune_settings_saved', schedule_work( ... ) );

/*
 * The ruleset: kept, fetched, given out; what posts use of it.
 */

// Pages do not need the type.
add_action( 'admin_init', in_room( 'ruleset/publish', 'register_ruleset_type' ) );
add_action( 'attune_fetch_ruleset', in_room( 'ruleset/publish', 'fetch_ruleset' ) );
add_action( 'attune_settings_saved', in_room( 'ruleset/publish', 'prepare_for_settings' ), 10, 2 );
add_action( 'save_post', in_room( 'ruleset/publish', 'index_post' ), 10, 2 );
add_action( 'before_delete_post', in_room( 'ruleset/publish', 'forget_post' ) );
add_filter( 'wp_unique_post_slug', in_room( 'ruleset/publish', 'keep_slug_apart' ), 10, 5 );

/*
 * REST.
 */

add_action( 'rest_api_init', in_room( 'rest', 'register_routes' ) );
add_filter( 'rest_pre_serve_request', in_room( 'rest', 'serve_raw_json' ), 10, 3 );

/*
 * Block patterns. Editors ask for them by REST; pages never do.
 */

add_action(
	'rest_api_init',
	static function (): void {
		require_once ATTUNE_DIR . '/patterns/register-patterns.php';
		register_patterns();
	}
);

/*
 * Page caches.
 */

add_action( 'attune_ruleset_published', in_room( 'cache', 'purge_placements' ), 10, 0 );
add_action( 'attune_settings_saved', in_room( 'cache', 'purge_for_settings' ), 20, 2 );
add_action( 'save_post', in_room( 'cache', 'purge_users_of' ), 20, 2 );
add_action( 'template_redirect', before_keyed_page( ... ) );
add_action( 'attune_horizon', in_room( 'cache', 'purge_later' ), 10, 2 );
add_action( 'attune_purge_post', in_room( 'cache', 'purge_post' ) );
add_action( 'attune_purge_url', in_room( 'cache', 'purge_url' ) );
add_action( 'admin_init', in_room( 'cache', 'renew_caches' ) );
add_filter( 'rocket_cache_dynamic_cookies', in_room( 'cache', 'add_rocket_cookie' ) );
add_filter( 'rocket_htaccess_mod_rewrite', in_room( 'cache', 'keep_rocket_in_php' ), 72 );
add_action( 'attune_refuse_caches', in_room( 'cache', 'refuse_litespeed' ) );
add_filter( 'litespeed_vary_cookies', in_room( 'cache', 'add_litespeed_cookie' ) );
add_filter( 'litespeed_vary_curr_cookies', in_room( 'cache', 'add_litespeed_cookie' ) );

/*
 * The dashboard, Site Health.
 */

add_action( 'admin_menu', in_room( 'admin', 'add_menu' ) );
add_action( 'admin_enqueue_scripts', in_room( 'admin', 'enqueue_screen' ) );
add_filter( 'block_editor_rest_api_preload_paths', in_room( 'admin', 'preload_segments' ) );
add_action( 'admin_bar_init', in_room( 'admin', 'enqueue_view_menu' ), 10, 0 );
add_action( 'admin_bar_menu', in_room( 'admin', 'add_view_menu' ), 90 );
add_filter( 'plugin_action_links_' . $attune_plugin, in_room( 'admin', 'add_action_link' ) );
add_filter( 'site_status_tests', in_room( 'health', 'add_health_tests' ) );
add_filter( 'debug_information', in_room( 'health', 'add_debug_information' ) );

/*
 * Privacy.
 */

add_filter( 'wp_consent_api_registered_' . $attune_plugin, '__return_true' );
add_action(
	'init',
	static function (): void {
		if ( function_exists( 'wp_add_cookie_info' ) ) {
			load_room( 'privacy' );
			describe_cookies();
		}
	}
);
add_action( 'admin_init', in_room( 'privacy', 'suggest_policy' ) );
add_filter( 'wp_privacy_personal_data_exporters', in_room( 'privacy', 'add_exporter' ) );
add_filter( 'wp_privacy_personal_data_erasers', in_room( 'privacy', 'add_eraser' ) );
add_action( 'wp_login', in_room( 'privacy', 'link_visitor' ), 10, 2 );
add_action( 'wp_logout', in_room( 'privacy', 'forget_at_logout' ), 10, 0 );
add_action( 'attune_sweep', in_room( 'privacy', 'sweep' ), 10, 0 );

/*
 * The shop: most of these fire only where WooCommerce is active.
 */

add_action( 'before_woocommerce_init', in_room( 'commerce', 'declare_commerce_compatibility' ) );
add_action( 'woocommerce_order_status_changed', in_room( 'commerce', 'note_order' ) );
add_action( 'woocommerce_order_refunded', in_room( 'commerce', 'note_order' ) );
add_action( 'woocommerce_trash_order', in_room( 'commerce', 'note_order' ) );
add_action( 'woocommerce_untrash_order', in_room( 'commerce', 'note_order' ) );
add_action( 'woocommerce_before_delete_order', in_room( 'commerce', 'forget_order' ), 10, 2 );
add_action( 'attune_keep_facts', in_room( 'commerce', 'keep_facts' ) );
add_action( 'wp_login', in_room( 'commerce', 'catch_up' ), 10, 2 );
add_filter( 'attune_user_traits', in_room( 'commerce', 'add_customer_traits' ), 10, 2 );
add_filter( 'attune_page_events', in_room( 'commerce', 'add_shop_events' ) );

/*
 * WP-CLI.
 */

if ( defined( 'WP_CLI' ) && WP_CLI ) {
	add_action( 'cli_init', in_room( 'cli', 'register_commands' ) );
}
