<?php
/**
 * The page caches of this site, known and active.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * The caches that keep pages of this site now.
 *
 * @return list<Cache_Adapter>
 */
function active_caches(): array {
	if ( 'none' === settings()['page_cache'] ) {
		return array();
	}
	/**
	 * Filters the page caches that the plugin knows.
	 *
	 * @param list<Cache_Adapter> $adapters Of its own.
	 */
	$known = (array) apply_filters( 'attune_cache_adapters', array( new Wp_Super_Cache(), new Wp_Rocket(), new Litespeed(), new Proxy_Cache() ) );
	return array_values( array_filter( $known, static fn ( mixed $adapter ): bool => $adapter instanceof Cache_Adapter && $adapter->is_active() ) );
}

/** All active caches as one; null when none is known to be active. */
function cache_adapter(): ?Cache_Adapter {
	$active = active_caches();
	return array() === $active ? null : ( 1 === count( $active ) ? $active[0] : new Caches( $active ) );
}

/** Whether there is a cache and every cache on the way keys on segments. */
function caches_key_on_segments(): bool {
	return true === cache_adapter()?->keys_on_segments();
}

/** Several caches, one behind another. */
final class Caches implements Cache_Adapter {
	/**
	 * Joins caches.
	 *
	 * @param non-empty-list<Cache_Adapter> $caches In any order.
	 */
	public function __construct( private readonly array $caches ) {}

	public function name(): string {
		return implode( ', ', array_map( static fn ( Cache_Adapter $cache ): string => $cache->name(), $this->caches ) );
	}

	public function is_active(): bool {
		return true;
	}

	public function keys_on_segments(): bool {
		foreach ( $this->caches as $cache ) {
			// One that does not would show one visitor's page to others.
			if ( ! $cache->keys_on_segments() ) {
				return false;
			}
		}
		return true;
	}

	public function purge_posts( array $ids ): void {
		foreach ( $this->caches as $cache ) {
			$cache->purge_posts( $ids );
		}
	}

	public function purge_urls( array $urls ): void {
		foreach ( $this->caches as $cache ) {
			$cache->purge_urls( $urls );
		}
	}

	public function purge_all(): void {
		foreach ( $this->caches as $cache ) {
			$cache->purge_all();
		}
	}
}

/** Tells caches what the owner wishes, where they keep it themselves; for `admin_init`. */
function renew_caches(): void {
	list_cookie_in_wp_super_cache();
	renew_rocket();
}
