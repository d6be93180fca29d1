<?php
/**
 * The holdout: some visitors see defaults everywhere, so that the rest can be compared with them.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Whether whom a question is about sees defaults everywhere. Nobody is held out who did not agree to be remembered.
 *
 * @param array<string, mixed> $compiled As load_ruleset() gives it.
 */
function is_held_out( array $compiled, Core\Question $question ): bool {
	return Core\is_held_out( $compiled['holdout'], Core\is_granted( $question->granted, 'preferences' ) ? $question->visitor : null );
}
