<?php
/**
 * What the plugin needs of a page cache. Here for every request: a theme that brings an adapter of its own declares it when it is loaded.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

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
