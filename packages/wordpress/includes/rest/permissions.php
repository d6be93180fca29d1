<?php
/**
 * Who may ask what, and how a refusal is told.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Who writes content, and so chooses segments for it. */
function may_edit(): bool|\WP_Error {
	return current_user_can( 'edit_posts' ) ? true : refusal( __( 'Only people who write on this site may see its segments. Log in as one of them.', 'attune' ) );
}

/** Who says which segments there are. */
function may_manage(): bool|\WP_Error {
	return current_user_can( MANAGE ) ? true : refusal( __( 'Only people who manage segments may do this. Ask an administrator for the capability manage_attune_segments.', 'attune' ) );
}

/** Who sets the site up. */
function may_set_up(): bool|\WP_Error {
	return current_user_can( 'manage_options' ) ? true : refusal( __( 'Only administrators may see and change the settings.', 'attune' ) );
}

/** 401 for somebody unknown, 403 for somebody known. */
function refusal( string $message ): \WP_Error {
	return new \WP_Error( 'attune_forbidden', $message, array( 'status' => rest_authorization_required_code() ) );
}

/** What was sent cannot be taken: 400 unless the error says otherwise. */
function bad_request( string $message, int $status = 400 ): \WP_Error {
	return new \WP_Error( 'attune_bad_request', $message, array( 'status' => $status ) );
}
