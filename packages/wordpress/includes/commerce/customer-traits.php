<?php
/**
 * A buyer's facts as traits that conditions name: `trait.shop_orders` and so on. A ruleset declares those that it reads.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Adds them; for `attune_user_traits`.
 *
 * `shop_orders` number · `shop_spent` number, the shop's currency · `shop_average` number · `shop_days_since_order` whole number ·
 * `shop_products`, `shop_categories` lists of slugs.
 *
 * @param mixed $traits Trait → value.
 * @param mixed $user   Id.
 */
function add_customer_traits( mixed $traits, mixed $user ): mixed {
	$facts = is_int( $user ) && is_array( $traits ) ? customer_facts( $user ) : null;
	if ( null === $facts ) {
		return $traits;
	}
	$traits['shop_orders']     = $facts['orders'];
	$traits['shop_spent']      = $facts['spent'];
	$traits['shop_average']    = round( $facts['spent'] / $facts['orders'], 2 );
	$traits['shop_products']   = $facts['products'];
	$traits['shop_categories'] = $facts['categories'];
	if ( $facts['last'] > 0 ) {
		$traits['shop_days_since_order'] = intdiv( max( 0, time() - $facts['last'] ), DAY_IN_SECONDS );
	}
	return $traits;
}
