<?php
/**
 * Tells the Next.js front that something changed, so that it shows it at once.
 *
 * Plugin Name: Attune front
 * Description: Set ATTUNE_FRONT_URL in wp-config.php to the address of the front, and put this file into wp-content/mu-plugins.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune_Front;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/** Sends the message when the request that changed something has been answered; once. */
function tell_later(): void {
	if ( defined( 'ATTUNE_FRONT_URL' ) && false === has_action( 'shutdown', __NAMESPACE__ . '\tell_front' ) ) {
		add_action( 'shutdown', __NAMESPACE__ . '\tell_front' );
	}
}

/** Says that something changed; what, the front asks itself. Nobody waits for its answer. */
function tell_front(): void {
	if ( ! function_exists( 'Attune\secrets' ) ) {
		return;
	}
	$body = (string) wp_json_encode( array( 'time' => time() ) );
	wp_remote_post(
		untrailingslashit( (string) constant( 'ATTUNE_FRONT_URL' ) ) . '/changed',
		array(
			'blocking' => false,
			'timeout'  => 2,
			'headers'  => array(
				'Content-Type'     => 'application/json',
				'Attune-Signature' => 'sha256=' . hash_hmac( 'sha256', $body, \Attune\secrets()[0] ),
			),
			'body'     => $body,
		)
	);
}

foreach ( array( 'clean_post_cache', 'attune_ruleset_published', 'attune_settings_saved' ) as $attune_hook ) {
	add_action( $attune_hook, __NAMESPACE__ . '\tell_later', 10, 0 );
}
