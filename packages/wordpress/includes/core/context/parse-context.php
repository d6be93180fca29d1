<?php
/**
 * The context: what the request itself tells; nothing of it is remembered. The members and their paths are in
 * context-path.php; `utcOffset` is the minutes east of UTC where the visitor is.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Reads a context: an object; a member of an unexpected type is simply never matched.
 *
 * @return Json_Result The object, or the problem.
 */
function parse_context( mixed $value, string $path = '$.context' ): Json_Result {
	if ( ! $value instanceof \stdClass ) {
		return failure( $path, 'context', 'A context is an object, for example { "geo": { "country": "GB" } }.' );
	}
	return success( $value );
}
