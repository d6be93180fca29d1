<?php
/**
 * Pattern: a bar above the page that says how far it is to free shipping.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

$with_cart = pattern_variant( 'cart', __( 'Cart waiting', 'attune' ), array( 'cart-waiting', 'cart-abandoner', 'cart-abandoned' ) );

$bar = static fn ( string $text ): string => '<!-- wp:group {"align":"full","style":{"spacing":{"padding":{"top":"0.75rem","right":"1rem","bottom":"0.75rem","left":"1rem"}}},"backgroundColor":"contrast","textColor":"base","layout":{"type":"constrained"}} -->
<div class="wp-block-group alignfull has-base-color has-contrast-background-color has-text-color has-background" style="padding-top:0.75rem;padding-right:1rem;padding-bottom:0.75rem;padding-left:1rem"><!-- wp:paragraph {"align":"center"} -->
<p class="has-text-align-center">' . $text . '</p>
<!-- /wp:paragraph --></div>
<!-- /wp:group -->';

return array(
	'title'       => __( 'Free shipping bar', 'attune' ),
	'description' => __( 'Reminds visitors with a full cart that shipping is free, and tells everybody else from when on it is.', 'attune' ),
	'keywords'    => array( __( 'shop', 'attune' ), __( 'cart', 'attune' ) ),
	'content'     => '<!-- wp:attune/adaptive ' . serialize_block_attributes( array( 'label' => __( 'Free shipping bar', 'attune' ), 'reserve' => '3rem' ) ) . ' -->
<!-- wp:attune/variant ' . $with_cart . ' -->
<template data-attune-variant="">' . $bar( esc_html__( 'Your cart is waiting – order today and shipping is free.', 'attune' ) ) . '</template>
<!-- /wp:attune/variant -->
<!-- wp:attune/variant {"key":"default","isDefault":true} -->
' . $bar( esc_html__( 'Free shipping on orders over 50.', 'attune' ) ) . '
<!-- /wp:attune/variant -->
<!-- /wp:attune/adaptive -->',
);
