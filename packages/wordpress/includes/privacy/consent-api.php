<?php
/**
 * What the WP Consent API is told of us.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Says which cookies and entries of the browser's storage there are, for what and for how long; called only when that plugin is there. */
function describe_cookies(): void {
	$year    = __( '400 days', 'attune' );
	$day     = __( '24 hours', 'attune' );
	$session = __( 'Session', 'attune' );
	$kept    = __( 'Until consent is withdrawn', 'attune' );
	$scope   = storage_scope();
	$known   = array(
		array( 'attune_consent', 'functional', __( '180 days', 'attune' ), __( 'Remembers what you allowed.', 'attune' ) ),
		array( 'attune_visitor', 'preferences', $year, __( 'A random number that tells your browser from others.', 'attune' ) ),
		array( 'attune_token', 'preferences', $day, __( 'What this site remembers of your visits, signed.', 'attune' ) ),
		array( 'attune_k', 'preferences', $day, __( 'In which groups of visitors you are; says nothing about who you are.', 'attune' ) ),
		array( 'attune_pin', 'preferences', $session, __( 'Keeps pages the same while you go through the site.', 'attune' ) ),
		array( 'attune_profile' . $scope, 'preferences', $kept, __( 'Local storage: what this browser remembers of your visits.', 'attune' ) ),
		array( 'attune_known' . $scope, 'preferences', $kept, __( 'Local storage: in which groups of visitors you are, and the number by which variants are shared out.', 'attune' ) ),
		array( 'attune_told' . $scope, 'preferences', $kept, __( 'Local storage: the number of your last order, so that it counts once.', 'attune' ) ),
		array( 'attune_queue' . $scope, 'preferences', $session, __( 'Session storage: what is still to be remembered when a page ends.', 'attune' ) ),
	);
	foreach ( $known as list( $name, $category, $expires, $purpose ) ) {
		wp_add_cookie_info( $name, 'Attune', $category, $expires, $purpose );
	}
}
