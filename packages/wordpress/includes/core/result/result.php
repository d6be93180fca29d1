<?php
/**
 * What reading answers: the value, or the first problem found. Reading never throws.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Either `ok` with a value (which may be null), or the first problem: its stable `code`, the JSON `path` of the place
 * (`$` for the document itself) and a `message` that names the value and the cure.
 */
final class Json_Result {
	public function __construct(
		public readonly bool $ok,
		public readonly mixed $value = null,
		public readonly ?string $code = null,
		public readonly ?string $path = null,
		public readonly ?string $message = null
	) {
	}
}

/** Wraps a good value. */
function success( mixed $value ): Json_Result {
	return new Json_Result( true, $value );
}

/** Wraps the problem found at `path`. */
function failure( string $path, string $code, string $message ): Json_Result {
	return new Json_Result( false, null, $code, $path, $message );
}
