<?php
/**
 * What was decided for a placement.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Time alone never changes it. */
const NEVER = PHP_INT_MAX;

/** Which variant a placement shows, why, and until when that cannot change by time alone. */
final class Choice {

	/**
	 * @param int    $index  Place of the variant; -1: nothing is shown.
	 * @param string $reason One of those of Core\Decision.
	 * @param int    $until  Whole seconds since 1970; NEVER when time alone does not change it.
	 */
	public function __construct(
		public readonly int $index,
		public readonly string $reason,
		public readonly int $until = NEVER
	) {}
}
