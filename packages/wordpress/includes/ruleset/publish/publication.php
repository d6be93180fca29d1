<?php
/**
 * What publishing a ruleset answers.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** A ruleset that pages are decided by from now on. */
final class Publication {
	/**
	 * Made by publish_ruleset().
	 *
	 * @param string $revision The ruleset's own name for its state.
	 * @param string $hash     See ruleset_hash().
	 * @param int    $post     Where its JSON is kept.
	 * @param bool   $file     Whether the compiled form could be written as a PHP file; else it is an option.
	 */
	public function __construct(
		public readonly string $revision,
		public readonly string $hash,
		public readonly int $post,
		public readonly bool $file,
	) {}
}
