<?php
/**
 * The session that the tracker counts in its cookie.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** A session without a sign of life for longer is over, seconds. */
const SESSION_IDLE = 1800;

/**
 * Reads the session from the value of the cookie `attune_session`: its number, its page views, when it began and when something last
 * happened in it (whole seconds since 1970), parted by dots. One that is over is the next one, of which nothing was seen; the page that
 * is asked for is not among the page views. Null without the cookie, or when it is none of ours. It is the visitor's to write: good for
 * choosing content, and for nothing else. Ask only with `preferences` granted.
 *
 * @param int $now Milliseconds.
 */
function read_session( string $cookie, int $now ): ?\stdClass {
	if ( 1 !== \preg_match( '/\A([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,10})\.([0-9]{1,10})\z/', $cookie, $parts ) ) {
		return null;
	}
	list( , $number, $page_views, $began, $last ) = \array_map( 'intval', $parts );
	$seconds                                      = \intdiv( $now, 1000 );
	$is_over                                      = \abs( $seconds - $last ) > SESSION_IDLE;
	return (object) array(
		'number'    => $is_over ? $number + 1 : $number,
		'pageViews' => $is_over ? 0 : $page_views,
		'seconds'   => $is_over ? 0 : \max( 0, $seconds - $began ),
	);
}
