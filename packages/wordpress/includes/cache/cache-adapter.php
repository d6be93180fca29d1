<?php
/**
 * What the plugin needs of a page cache.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The cookie that caches may key on; it says in which segments a visitor is and nothing else. */
const CACHE_COOKIE = 'attune_k';

/** A page cache. */
interface Cache_Adapter {

	/** How people call it. */
	public function name(): string;

	/** Whether it keeps pages of this site now. */
	public function is_active(): bool;

	/** Whether it keeps a page of its own for each value of the cookie `attune_k`. Never true in doubt. */
	public function keys_on_segments(): bool;

	/**
	 * Forgets the pages of posts, whatever the key.
	 *
	 * @param list<int> $ids Posts.
	 */
	public function purge_posts( array $ids ): void;

	/**
	 * Forgets pages that show no single post, whatever the key.
	 *
	 * @param list<string> $urls Addresses of this site, without a query.
	 */
	public function purge_urls( array $urls ): void;

	/** Forgets all pages of this site. */
	public function purge_all(): void;
}

/**
 * Whether caches should be told to key on segments. Off until the owner says so: each combination of segments that visitors
 * are in is then a page in the cache.
 */
function wants_keyed_caches(): bool {
	/**
	 * Filters whether page caches are set up to keep a page per combination of segments.
	 *
	 * @param bool $wants False.
	 */
	return (bool) apply_filters( 'attune_key_caches', defined( 'ATTUNE_KEY_CACHES' ) && ATTUNE_KEY_CACHES );
}
