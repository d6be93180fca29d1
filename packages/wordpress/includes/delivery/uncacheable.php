<?php
/**
 * Keeping a page out of every cache: it shows what is one visitor's.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** What was said to caches about this answer. */
final class Cache_Refusal {
	public static bool $is_tried = false;
	/** It was said in time. */
	public static bool $is_said = false;
}

/** Whether it was said, or can still be said, that this page must not be stored. */
function can_refuse_caches(): bool {
	return Cache_Refusal::$is_said || ! headers_sent();
}

/** Says that this answer must not be stored, to caches in WordPress and before it. Once a request. */
function refuse_caches(): void {
	if ( Cache_Refusal::$is_tried ) {
		return;
	}
	Cache_Refusal::$is_tried = true;
	Cache_Refusal::$is_said  = ! headers_sent();
	if ( ! defined( 'DONOTCACHEPAGE' ) ) {
		define( 'DONOTCACHEPAGE', true );
	}
	if ( Cache_Refusal::$is_said ) {
		nocache_headers();
		header( 'Cache-Control: private, no-store, no-cache, must-revalidate, max-age=0' );
	}
	/** This page is one visitor's; caches that do not read DONOTCACHEPAGE can be told here. */
	do_action( 'attune_refuse_caches' );
}
