<?php
/**
 * One of the contents that a placement may show.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** A variant as an editor wrote it, made sound. */
final class Variant {

	/**
	 * @param string       $key        Unique in its placement: lower case letters, digits, hyphens.
	 * @param list<string> $segments   Keys of segments; none: everybody whom schedule and share let in.
	 * @param string       $match      'any' of the segments, 'all', or 'none': each is known not to match; '' when unsound.
	 * @param bool         $is_default Shown where no other is.
	 * @param ?float       $share      Of visitors, 0 to 1; only experiments look at it.
	 * @param ?int         $from       Whole seconds since 1970 from which it is shown …
	 * @param ?int         $until      … until before this one.
	 * @param bool         $never      Something about it is not sound, or nobody was chosen: it is never shown.
	 */
	public function __construct(
		public readonly string $key,
		public readonly array $segments = array(),
		public readonly string $match = 'any',
		public readonly bool $is_default = false,
		public readonly ?float $share = null,
		public readonly ?int $from = null,
		public readonly ?int $until = null,
		public readonly bool $never = false
	) {}

	/**
	 * Key and audience, as others are told.
	 *
	 * @return array{key: string, segments: list<string>, match: string, share: ?float, from: ?int, until: ?int}
	 */
	public function told(): array {
		return array(
			'key'      => $this->key,
			'segments' => $this->segments,
			'match'    => $this->match,
			'share'    => $this->share,
			'from'     => $this->from,
			'until'    => $this->until,
		);
	}
}
