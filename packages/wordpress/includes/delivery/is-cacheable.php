<?php
/**
 * Whether a page may be kept by a cache and shown to somebody else.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Whether this page may be cached: the owner did not say that there is no cache, nobody is logged in, and it is no preview,
 * cart, checkout, account, or page behind a password. In doubt it may.
 */
function is_cacheable_page(): bool {
	$is_cacheable = 'none' !== settings()['page_cache']
		&& ! is_user_logged_in()
		&& ! ( defined( 'DONOTCACHEPAGE' ) && DONOTCACHEPAGE )
		&& ! is_preview()
		&& ! is_customize_preview()
		&& ! is_behind_password()
		&& ! is_shop_page_of_own();
	/**
	 * Filters whether a page may be kept by a cache. A page that may not is decided for each visitor on the server, and is
	 * marked as not to be stored.
	 *
	 * @param bool $is_cacheable What was found out.
	 */
	return (bool) apply_filters( 'attune_is_cacheable', $is_cacheable );
}

/** Whether the post that is asked for needs a password. */
function is_behind_password(): bool {
	$post = get_queried_object();
	return $post instanceof \WP_Post && '' !== $post->post_password;
}

/** Whether the shop shows something that is the visitor's own. */
function is_shop_page_of_own(): bool {
	foreach ( array( 'is_cart', 'is_checkout', 'is_account_page' ) as $ask ) {
		if ( function_exists( $ask ) && true === $ask() ) {
			return true;
		}
	}
	return false;
}

/** Whether the cache in front keys on `attune_k`; what adapters do not know, the site can say. */
function is_keyed_cache(): bool {
	if ( 'none' === settings()['page_cache'] ) {
		return false;
	}
	load_room( 'cache' );
	$adapter = cache_adapter();
	/**
	 * Filters whether the page cache tells visitors apart by the cookie `attune_k`. Say so only if it does: one visitor's
	 * content would be shown to others.
	 *
	 * @param bool $is_keyed What the adapter of the active cache says.
	 */
	return (bool) apply_filters( 'attune_cache_is_keyed', null !== $adapter && $adapter->keys_on_segments() );
}
