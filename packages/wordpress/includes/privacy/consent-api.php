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
	// They have one category each. A collector hears of visits for statistics as well.
	$is_heard = '' !== settings()['collector'];
	$visits   = $is_heard
		? __( 'Counts your visits; also where you allow statistics alone.', 'attune' )
		: __( 'Counts your visits.', 'attune' );
	$arrivals = $is_heard
		? __( 'Local storage: how you came to this site, the first and the last time; also where you allow statistics alone.', 'attune' )
		: __( 'Local storage: how you came to this site, the first and the last time.', 'attune' );
	$known   = array(
		array( 'attune_consent', 'functional', __( '180 days', 'attune' ), __( 'Remembers what you allowed.', 'attune' ) ),
		array( 'attune_visitor', 'preferences', $year, __( 'A random number that tells your browser from others.', 'attune' ) ),
		array( 'attune_token', 'preferences', $day, __( 'What this site remembers of your visits, signed.', 'attune' ) ),
		array( 'attune_k', 'preferences', $day, __( 'In which groups of visitors you are; says nothing about who you are.', 'attune' ) ),
		array( 'attune_session', 'preferences', __( '180 days', 'attune' ), $visits ),
		array( 'attune_left', 'functional', $year, __( 'Remembers that somebody signed out here, so that nothing of theirs becomes the next one’s.', 'attune' ) ),
		array( 'attune_gone', 'functional', $year, __( 'Remembers when somebody signed out or was erased here, so that this browser forgets them.', 'attune' ) ),
		array( 'attune_pin', 'preferences', $session, __( 'Keeps pages the same while you go through the site.', 'attune' ) ),
		array( 'attune_profile' . $scope, 'preferences', $kept, __( 'Local storage: what this browser remembers of your visits.', 'attune' ) ),
		array( 'attune_known' . $scope, 'preferences', $kept, __( 'Local storage: in which groups of visitors you are, and the number by which variants are shared out.', 'attune' ) ),
		array( 'attune_touches' . $scope, 'preferences', $kept, $arrivals ),
		array( 'attune_heeded' . $scope, 'functional', $kept, __( 'Local storage: that this browser forgot who signed out, so that it does once.', 'attune' ) ),
		array( 'attune_erased' . $scope, 'functional', $kept, __( 'Local storage: when what was remembered of you was erased, so that it is erased here once.', 'attune' ) ),
		array( 'attune_told' . $scope, 'preferences', $kept, __( 'Local storage: the number of your last order, so that it counts once.', 'attune' ) ),
		array( 'attune_queue' . $scope, 'preferences', $session, __( 'Session storage: what is still to be remembered when a page ends.', 'attune' ) ),
	);
	foreach ( $known as list( $name, $category, $expires, $purpose ) ) {
		wp_add_cookie_info( $name, 'Attune', $category, $expires, $purpose );
	}
}
