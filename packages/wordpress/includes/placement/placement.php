<?php
/**
 * A place on a page whose content depends on who looks.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** A placement as an editor wrote it, made sound. */
final class Placement {

	/**
	 * @param string        $id            Key `[a-z0-9][a-z0-9-]*`; '' when the editor's is none.
	 * @param string        $label         How people call it; any text.
	 * @param string        $delivery      One of DELIVERIES.
	 * @param string        $reserve       CSS length kept free until it is decided; '' for none.
	 * @param string        $strategy      'first-match' or 'experiment'.
	 * @param list<Variant> $variants      In the order in which they are tried; their places are those of the inner blocks.
	 * @param int           $default_index Place of the default among the variants; -1: the default shows nothing.
	 */
	public function __construct(
		public readonly string $id,
		public readonly string $label,
		public readonly string $delivery,
		public readonly string $reserve,
		public readonly string $strategy,
		public readonly array $variants,
		public readonly int $default_index
	) {}

	/** The key of the variant at a place; 'default' where there is none. */
	public function key_at( int $index ): string {
		return isset( $this->variants[ $index ] ) ? $this->variants[ $index ]->key : 'default';
	}

	/** The place of the variant of a key; that of the default when there is none. */
	public function index_of( string $key ): int {
		foreach ( $this->variants as $index => $variant ) {
			if ( $variant->key === $key ) {
				return $index;
			}
		}
		return $this->default_index;
	}
}
