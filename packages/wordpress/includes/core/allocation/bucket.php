<?php
/**
 * Buckets, into which visitors fall by chance but always the same.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** A share is cut into this many buckets: the finest share a person sets is 0.01 %. */
const BUCKETS = 10000;

/** The bucket, 0 to 9,999, in which a visitor falls on the axis of `key`. */
function bucket_of( string $visitor, string $key ): int {
	return ( murmur3( "{$visitor}:{$key}" ) * BUCKETS ) >> 32;
}

/** A share as whole buckets. */
function share_buckets( float|int $share ): int {
	return (int) \floor( $share * BUCKETS + 0.5 );
}
