<?php
/**
 * What is asked about: a visitor's profile at an instant.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

final class Question {

	/** What was found out when it was asked last. */
	public ?Scope $scope = null;

	/**
	 * @param int                 $granted Purposes as bits: `consent_bits`.
	 * @param int                 $now     Milliseconds since 1970, at or after the profile's newest event.
	 * @param string|null         $visitor Without an id there are no buckets: only allocations that include everybody decide.
	 * @param array<string, bool> $assume  Segments that are taken to match or not whatever the profile says, for previews.
	 * @param bool                $is_timed Whether anybody asks until when answers hold. Where nobody does they are found out in half
	 *                                      the time, are the same, and every `until` says that time alone changes nothing.
	 */
	public function __construct(
		public readonly Profile $profile,
		public readonly \stdClass $context,
		public readonly int $granted,
		public readonly int $now,
		public readonly ?string $visitor = null,
		public readonly array $assume = array(),
		public readonly bool $is_timed = true
	) {}
}
