<?php
/**
 * "View as" in the admin bar of the front end, for people who write here.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The script of the menu in build/front. */
const VIEW_SCRIPT = 'build/front/view-as.js';

/** Whether this request shows the menu: a page of the site, to somebody who writes here, with segments to choose from. */
function shows_view_menu(): bool {
	return ! is_admin() && current_user_can( 'edit_posts' ) && null !== load_ruleset() && is_file( ATTUNE_DIR . '/' . VIEW_SCRIPT );
}

/** Loads the script of the menu; for `admin_bar_init`, which happens only where there is a bar. */
function enqueue_view_menu(): void {
	if ( ! shows_view_menu() ) {
		return;
	}
	wp_enqueue_script( 'attune-view-as', plugins_url( VIEW_SCRIPT, ATTUNE_FILE ), array(), ATTUNE_VERSION, array( 'in_footer' => true ) );
	wp_add_inline_script( 'attune-view-as', 'window.attuneViewAs=' . wp_json_encode( view_menu_facts(), JSON_HEX_TAG | JSON_HEX_AMP ) . ';', 'before' );
	wp_add_inline_style( 'admin-bar', VIEW_STYLE );
}

/**
 * Adds the menu; for `admin_bar_menu`.
 *
 * @param \WP_Admin_Bar $bar The bar.
 */
function add_view_menu( \WP_Admin_Bar $bar ): void {
	if ( ! shows_view_menu() ) {
		return;
	}
	$bar->add_node(
		array(
			'id'    => 'attune-view-as',
			'title' => esc_html__( 'View as…', 'attune' ),
			'href'  => '#attune-view-as',
			'meta'  => array( 'title' => esc_attr__( 'Look at this page as visitors in other segments', 'attune' ) ),
		)
	);
}

/**
 * What the script is told: where to ask, what is looked as now, and its words.
 *
 * @return array<string, mixed>
 */
function view_menu_facts(): array {
	$view = null;
	if ( isset( $_GET['attune_view'] ) ) { // phpcs:ignore WordPress.Security.NonceVerification.Recommended -- the link is signed.
		load_stage();
		$view = view_as();
	}
	return array(
		'root'  => esc_url_raw( rest_url( 'attune/v1/' ) ),
		'nonce' => wp_create_nonce( 'wp_rest' ),
		'view'  => null === $view ? null : (object) $view,
		'words' => array(
			'title'   => __( 'View this page as', 'attune' ),
			'about'   => __( 'Only you see it so. The link is good for 30 minutes.', 'attune' ),
			'unsaid'  => __( 'as I am', 'attune' ),
			'in'      => __( 'in it', 'attune' ),
			'out'     => __( 'not in it', 'attune' ),
			'look'    => __( 'Look', 'attune' ),
			'reset'   => __( 'Look as myself', 'attune' ),
			'close'   => __( 'Close', 'attune' ),
			'loading' => __( 'Loading the segments…', 'attune' ),
			'none'    => __( 'There are no segments yet.', 'attune' ),
			/* translators: %s: what went wrong. */
			'trouble' => __( 'It did not work: %s', 'attune' ),
		),
	);
}

/** The look of the dialog; it stands beside that of the bar. */
const VIEW_STYLE = '@media (max-width:782px){#wpadminbar li#wp-admin-bar-attune-view-as{display:block}#wpadminbar li#wp-admin-bar-attune-view-as>.ab-item{padding:0 8px;font-size:14px}}'
	. '.attune-view-as{box-sizing:border-box;width:min(480px,calc(100vw - 32px));max-height:calc(100vh - 80px);padding:24px;overflow:auto;border:0;border-radius:4px;background:#fff;color:#1e1e1e;font:14px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,sans-serif}'
	. '.attune-view-as::backdrop{background:rgba(0,0,0,.4)}'
	. '.attune-view-as h2{margin:0 0 4px;color:inherit;font-family:inherit;font-size:18px;font-weight:600;line-height:1.4}'
	. '.attune-view-as p{margin:0 0 12px;color:#50575e}'
	. '.attune-view-as ul{display:grid;gap:8px;margin:0 0 16px;padding:0;list-style:none}'
	. '.attune-view-as li{display:flex;align-items:center;justify-content:space-between;gap:12px;margin:0}'
	. '.attune-view-as select{min-height:36px;max-width:50%;padding:4px 8px;border:1px solid #8c8f94;border-radius:3px;background:#fff;color:inherit;font:inherit}'
	. '.attune-view-as__buttons{display:flex;flex-wrap:wrap;gap:8px}'
	. '.attune-view-as button{min-height:36px;padding:0 14px;border:1px solid #3858e9;border-radius:3px;background:#fff;color:#3858e9;font:inherit;cursor:pointer}'
	. '.attune-view-as button[type=submit]{background:#3858e9;color:#fff}'
	. '.attune-view-as :focus-visible{outline:2px solid #3858e9;outline-offset:2px}';
