<?php
/**
 * What kind of answer this request gets.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Facts of a request on which delivery depends; the same for every placement of a page. */
final class Page_Facts {

	/**
	 * @param bool $is_page      A page for a person to look at; anything else carries defaults only.
	 * @param bool $is_cacheable One answer may be kept and shown to other visitors.
	 * @param bool $is_keyed     The cache in front tells visitors apart by their key (`attune_k`).
	 * @param bool $is_edge      An edge of ours asked: it chooses before anybody sees the page.
	 */
	public function __construct(
		public readonly bool $is_page,
		public readonly bool $is_cacheable,
		public readonly bool $is_keyed,
		public readonly bool $is_edge
	) {}
}

// Programs that read pages, as far as they say so; whatever they are, defaults do them no harm.
const BOT_PATTERN = '/bot\b|bot[\/_-]|crawl|spider|slurp|archiver|facebookexternalhit|embedly|preview|lighthouse|monitor|fetch\b|curl\/|wget\/|python|java\/|go-http|httpclient/i';

/** The facts of this request. Before WordPress knows what is asked for, there is no page. */
function page_facts(): Page_Facts {
	static $facts = null;
	if ( null !== $facts ) {
		return $facts;
	}
	if ( 0 === did_action( 'template_redirect' ) || ! is_page_request() ) {
		return new Page_Facts( false, true, false, false );
	}
	$is_cacheable = is_cacheable_page();
	$is_edge      = null === view_as() && is_edge_request();
	return $facts = new Page_Facts( true, $is_cacheable, $is_cacheable && is_keyed_cache(), $is_edge );
}

/** Whether a person gets a page that is chosen for them: one that is shown, and no search result. */
function is_page_request(): bool {
	return is_shown_request() && ! is_search();
}

/** Whether a person gets a page: no feed, embed, sitemap or interface. */
function is_shown_request(): bool {
	if ( ! in_array( $_SERVER['REQUEST_METHOD'] ?? '', array( 'GET', 'HEAD' ), true ) || is_admin() || is_interface_request() ) {
		return false;
	}
	if ( is_feed() || is_embed() || is_robots() || is_favicon() || is_trackback() || '' !== (string) get_query_var( 'sitemap' ) ) {
		return false;
	}
	return true;
}

/** Whether a program asks, as far as it says so. On a page that is kept it gets what everybody gets, or others would get its own. */
function is_bot(): bool {
	static $known = array();
	$agent = $_SERVER['HTTP_USER_AGENT'] ?? '';
	// Asked for every placement of a page.
	return is_string( $agent ) && ( $known[ $agent ] ??= 1 === preg_match( BOT_PATTERN, substr( $agent, 0, 1024 ) ) ) && ! is_user_logged_in();
}

/** Whether programs are answered rather than people. */
function is_interface_request(): bool {
	return wp_doing_ajax() || wp_doing_cron()
		|| is_rest_request()
		|| defined( 'XMLRPC_REQUEST' ) && XMLRPC_REQUEST
		|| defined( 'GRAPHQL_REQUEST' ) && GRAPHQL_REQUEST
		|| defined( 'WP_CLI' ) && WP_CLI;
}

/** Whether REST answers. */
function is_rest_request(): bool {
	return defined( 'REST_REQUEST' ) && REST_REQUEST;
}

/** Whether what is rendered right now goes elsewhere than into the page: an excerpt, a mail. */
function is_aside(): bool {
	return doing_filter( 'get_the_excerpt' ) || doing_filter( 'wp_mail' ) || doing_filter( 'the_content_feed' );
}
