<?php
/**
 * Whether a variant is shown now, by its schedule and its audience.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Whether a variant may be shown at the question's time; notes when its schedule opens or closes. */
function variant_is_open( Asking $asking, Variant $variant ): bool {
	$now = $asking->scope->now;
	if ( $variant->never || null !== $variant->until && $now >= $variant->until ) {
		return false;
	}
	if ( null !== $variant->from && $now < $variant->from ) {
		$asking->note( $variant->from );
		return false;
	}
	$asking->note( $variant->until ?? NEVER );
	return true;
}

/** Whether a variant is shown to whom the question is about. */
function variant_stands( Asking $asking, Variant $variant ): bool {
	return variant_is_open( $asking, $variant ) && audience_holds( $asking, $variant );
}
