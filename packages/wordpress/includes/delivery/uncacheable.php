<?php
/**
 * Keeping a page out of every cache: it shows what is one visitor's.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Whether it can still be said that this page must not be stored. */
function can_refuse_caches(): bool {
	return ! headers_sent();
}

/** Says that this answer must not be stored, to caches in WordPress and before it. Once a request. */
function refuse_caches(): void {
	static $is_refused = false;
	if ( $is_refused ) {
		return;
	}
	$is_refused = true;
	if ( ! defined( 'DONOTCACHEPAGE' ) ) {
		define( 'DONOTCACHEPAGE', true );
	}
	if ( ! headers_sent() ) {
		nocache_headers();
		header( 'Cache-Control: private, no-store, no-cache, must-revalidate, max-age=0' );
	}
	/** This page is one visitor's; caches that do not read DONOTCACHEPAGE can be told here. */
	do_action( 'attune_refuse_caches' );
}
