<?php
/**
 * A profile and how it was come by.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** What is known of the visitor. */
final class Loaded_Profile {

	/**
	 * @param string $source     'token', 'collector', 'empty' (nobody is known), 'browser' (the browser keeps it), or
	 *                           'failed' (the collector gave no answer).
	 * @param ?int   $utc_offset Minutes east of UTC where the visitor is, when the token says so.
	 */
	public function __construct(
		public readonly Core\Profile $profile,
		public readonly string $source,
		public readonly ?int $utc_offset = null
	) {}

	/** Whether it says what the visitor did; otherwise it is kept where this request does not reach. */
	public function is_heard(): bool {
		return 'browser' !== $this->source && 'failed' !== $this->source;
	}
}

/** A profile of which nothing was watched: whatever asks for behaviour is unknown, rather than taken for never done. */
function unheard_profile(): Core\Profile {
	return new Core\Profile( '', null, null, '', array(), new \stdClass() );
}
