<?php
/**
 * Who asked to be forgotten: their browsers hear of it on the next page that is theirs alone.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** User meta: the second since 1970 in which a person was erased. What a browser keeps from before is to go. */
const ERASED_META = '_attune_erased';
/** As long as a browser may keep anything of before, in seconds. */
const ERASED_SECONDS = 400 * 86400;

/** When whoever is logged in was erased, in seconds since 1970; 0 when they were not. */
function erased_at(): int {
	return is_user_logged_in() ? (int) get_user_meta( get_current_user_id(), ERASED_META, true ) : 0;
}
