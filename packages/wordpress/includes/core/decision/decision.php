<?php
/**
 * What one placement shows, and until when that cannot change by time alone.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** Why a placement shows what it shows; the last three come from hosts. */
const DECISION_REASONS = array(
	'TARGETING_MATCH',
	'SPLIT',
	'DEFAULT',
	'HOLDOUT',
	'CAPPED',
	'CONSENT_DENIED',
	'DISABLED',
	'STALE',
	'ERROR',
);

final class Decision {

	/**
	 * @param string|null $experience The experience that decided; null for a baseline.
	 * @param string      $reason     One of `DECISION_REASONS`.
	 * @param int|null    $until      Milliseconds since 1970; null when time alone never changes it.
	 */
	public function __construct(
		public readonly string $placement,
		public readonly string $variant,
		public readonly ?string $experience,
		public readonly string $reason,
		public readonly ?int $until
	) {}
}
