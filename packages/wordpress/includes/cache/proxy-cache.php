<?php
/**
 * Varnish, nginx or another proxy in front of the web server.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The adapter. Who runs the proxy says so in wp-config.php: requests can claim anything. */
final class Proxy_Cache implements Cache_Adapter {

	public function name(): string {
		return __( 'Proxy (Varnish, nginx)', 'attune' );
	}

	public function is_active(): bool {
		return array() !== purge_servers() || $this->keys_on_segments();
	}

	public function keys_on_segments(): bool {
		return defined( 'ATTUNE_PROXY_KEYS' ) && true === ATTUNE_PROXY_KEYS;
	}

	public function purge_posts( array $ids ): void {
		$urls = array();
		foreach ( $ids as $id ) {
			$url = get_permalink( $id );
			if ( is_string( $url ) ) {
				$urls[] = $url;
			}
		}
		$this->purge_urls( array_values( array_unique( $urls ) ) );
	}

	public function purge_urls( array $urls ): void {
		purge_addresses( $urls, 'PURGE' );
	}

	public function purge_all(): void {
		purge_addresses( array( home_url( '/' ) ), 'BAN' );
	}
}

/**
 * The addresses at which proxies take requests to purge, such as `http://127.0.0.1:6081`.
 *
 * @return list<string>
 */
function purge_servers(): array {
	$stated = defined( 'ATTUNE_PURGE_SERVERS' ) ? ATTUNE_PURGE_SERVERS : '';
	/**
	 * Filters the addresses of the proxies in front of the site.
	 *
	 * @param list<string> $servers Scheme, host and port.
	 */
	return array_values( (array) apply_filters( 'attune_purge_servers', is_string( $stated ) && '' !== $stated ? array_map( 'trim', explode( ',', $stated ) ) : array() ) );
}

/** Seconds after which a proxy is not asked for one page after another any longer. */
const PURGE_SECONDS = 3;

/**
 * Asks every proxy to forget pages: PURGE for one address, BAN for all of the host. None is waited for longer than a second; one
 * that is slow, or hundreds of pages, would hold up whoever publishes, so after three the rest is asked for as a whole.
 *
 * @param list<string> $urls Pages of this site.
 */
function purge_addresses( array $urls, string $method ): void {
	foreach ( purge_servers() as $server ) {
		$end = microtime( true ) + PURGE_SECONDS;
		foreach ( $urls as $url ) {
			if ( microtime( true ) > $end ) {
				ask_proxy( $server, home_url( '/' ), 'BAN' );
				break;
			}
			ask_proxy( $server, $url, $method );
		}
	}
}

/** Asks one proxy to forget. What it answers is not looked at, yet WordPress waits for it. */
function ask_proxy( string $server, string $url, string $method ): void {
	$parts = wp_parse_url( $url );
	wp_remote_request(
		untrailingslashit( $server ) . ( $parts['path'] ?? '/' ) . ( isset( $parts['query'] ) ? '?' . $parts['query'] : '' ),
		array(
			'method'    => $method,
			'headers'   => array( 'Host' => host_of_parts( $parts ) ),
			'timeout'   => 1,
			'blocking'  => false,
			'sslverify' => false,
		)
	);
}

/**
 * Host and port of an address as a Host header has them.
 *
 * @param array<string, mixed> $parts Of wp_parse_url().
 */
function host_of_parts( array $parts ): string {
	$host = strtolower( (string) ( $parts['host'] ?? '' ) );
	return isset( $parts['port'] ) ? $host . ':' . $parts['port'] : $host;
}
