<?php
/**
 * Three truth values: 1 true, 0 false, −1 unknown. Integers, so that combinators need no branches on objects.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The condition holds. */
const IS_TRUE = 1;
/** It does not. */
const IS_FALSE = 0;
/** Nobody can tell: a value is missing or of the wrong type, consent is, or time was not observed long enough. */
const UNKNOWN = -1;

/** The opposite; `not unknown` is unknown. */
function negate( int $truth ): int {
	return UNKNOWN === $truth ? UNKNOWN : 1 - $truth;
}
