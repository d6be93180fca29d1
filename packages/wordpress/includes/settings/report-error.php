<?php
/**
 * Trouble that a page survived.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Tells whoever listens of trouble that visitors do not see. */
function report_error( \Throwable $error, string $step ): void {
	/**
	 * Something failed, and the default was shown instead.
	 *
	 * @param \Throwable $error What failed.
	 * @param string     $step  Where.
	 */
	do_action( 'attune_error', $error, $step );
	if ( defined( 'WP_DEBUG' ) && WP_DEBUG ) {
		error_log( "[attune] {$step}: {$error->getMessage()}" );
	}
}
