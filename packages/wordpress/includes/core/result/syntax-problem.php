<?php
/**
 * Why reading stopped.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The text is no JSON, or breaks a rule past which there is no going on. It never leaves `read_json`. */
final class Syntax_Problem extends \Exception {
	public function __construct( public readonly Json_Result $problem ) {
		parent::__construct( (string) $problem->message );
	}
}
