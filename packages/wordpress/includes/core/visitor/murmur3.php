<?php
/**
 * MurmurHash3 x86 32, public domain algorithm by Austin Appleby.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * The hash of a text's bytes (UTF-8) as an unsigned 32-bit number; the twin of `murmur3` in TypeScript.
 */
function murmur3( string $text, int $seed = 0 ): int {
	// PHP's own, in C; four bytes, the most significant first.
	return \unpack( 'N', \hash( 'murmur3a', $text, true, array( 'seed' => $seed ) ) )[1];
}
