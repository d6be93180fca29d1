<?php
/**
 * The key by which page caches may tell visitors apart.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The cookie that caches may key on; it says in which segments a visitor is and nothing else. */
const CACHE_COOKIE = 'attune_k';

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
