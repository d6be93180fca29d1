<?php
/**
 * Putting a checked ruleset in force, now or again.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Puts a kept ruleset in force again.
 *
 * @param int $post One of kept_rulesets().
 * @throws \InvalidArgumentException When there is no such one or it is damaged.
 */
function restore_ruleset( int $post, int $author = 0 ): Publication {
	$json = kept_json( $post );
	if ( '' === $json ) {
		throw new \InvalidArgumentException( "[attune] restore_ruleset: there is no kept ruleset $post. Choose one of the history." );
	}
	return publish_ruleset( $json, $author );
}

/**
 * Compiles the ruleset in force anew from what is kept of it; null when that cannot be done.
 *
 * @return array<string, mixed>|null
 */
function prepare_again(): ?array {
	$in_force = ruleset_option();
	$attempt  = null === $in_force ? '' : $in_force['hash'] . MADE_BY;
	// What failed once fails again: one attempt per version of the plugin.
	if ( '' === $attempt || get_option( DAMAGED_OPTION ) === $attempt ) {
		return null;
	}
	try {
		$ruleset = prepare_ruleset( kept_json( $in_force['post'] ), settings()['confidential'] );
	} catch ( \InvalidArgumentException $error ) {
		report_error( $error, 'load-ruleset' );
		update_option( DAMAGED_OPTION, $attempt, true );
		return null;
	}
	enforce_ruleset( $ruleset, $in_force['post'] );
	return $ruleset;
}

/**
 * Which segments are confidential is part of what is compiled; for `attune_settings_saved`.
 *
 * @param array<string, mixed> $after  Settings as they hold now.
 * @param array<string, mixed> $before As they held.
 */
function prepare_for_settings( array $after, array $before ): void {
	if ( $after['confidential'] !== $before['confidential'] ) {
		prepare_again();
	}
}

/**
 * Writes the compiled form and, last, says that it is in force.
 *
 * @param array<string, mixed> $ruleset As prepare_ruleset() made it.
 */
function enforce_ruleset( array $ruleset, int $post ): Publication {
	$before = ruleset_option();
	$file   = write_compiled( $ruleset );
	if ( ! $file ) {
		update_option( COMPILED_OPTION, $ruleset, false );
	}
	update_option(
		RULESET_OPTION,
		array(
			'revision' => $ruleset['revision'],
			'hash'     => $ruleset['hash'],
			'file'     => $file,
			'post'     => $post,
		),
		true
	);
	if ( $file ) {
		delete_option( COMPILED_OPTION );
	}
	$was_damaged = delete_option( DAMAGED_OPTION );
	Loaded_Rulesets::forget();
	drop_compiled( array( $ruleset['hash'], $before['hash'] ?? '' ) );
	drop_old_rulesets( $post );
	$publication = new Publication( $ruleset['revision'], $ruleset['hash'], $post, $file );
	// Compiled anew, for a cache folder was emptied: pages are as they were, and stay in their caches.
	if ( null !== $before && ! $was_damaged && array( $before['hash'], $before['post'] ) === array( $ruleset['hash'], $post ) ) {
		return $publication;
	}
	/**
	 * A ruleset came into force.
	 *
	 * @param Publication $publication Which.
	 * @param string      $before      The hash of the one before; empty when there was none.
	 */
	do_action( 'attune_ruleset_published', $publication, $before['hash'] ?? '' );
	return $publication;
}
