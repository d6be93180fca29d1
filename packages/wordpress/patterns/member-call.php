<?php
/**
 * Pattern: an invitation to join that members do not see.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

$members = pattern_variant( 'members', __( 'Members', 'attune' ), array( 'members', 'member', 'vip', 'customers' ) );

$call = static fn ( string $heading, string $text, string $button ): string => '<!-- wp:group {"style":{"border":{"width":"1px"},"spacing":{"padding":{"top":"2rem","right":"2rem","bottom":"2rem","left":"2rem"}}},"layout":{"type":"constrained"}} -->
<div class="wp-block-group" style="border-width:1px;padding-top:2rem;padding-right:2rem;padding-bottom:2rem;padding-left:2rem"><!-- wp:heading {"level":3} -->
<h3 class="wp-block-heading">' . $heading . '</h3>
<!-- /wp:heading -->

<!-- wp:paragraph -->
<p>' . $text . '</p>
<!-- /wp:paragraph -->

<!-- wp:buttons -->
<div class="wp-block-buttons"><!-- wp:button -->
<div class="wp-block-button"><a class="wp-block-button__link wp-element-button">' . $button . '</a></div>
<!-- /wp:button --></div>
<!-- /wp:buttons --></div>
<!-- /wp:group -->';

return array(
	'title'       => __( 'Member call', 'attune' ),
	'description' => __( 'Invites visitors to join; members are thanked instead.', 'attune' ),
	'keywords'    => array( __( 'membership', 'attune' ), __( 'newsletter', 'attune' ) ),
	'content'     => '<!-- wp:attune/adaptive ' . serialize_block_attributes( array( 'label' => __( 'Member call', 'attune' ) ) ) . ' -->
<!-- wp:attune/variant ' . $members . ' -->
<template data-attune-variant="">' . $call( esc_html__( 'Thank you for being with us', 'attune' ), esc_html__( 'This is for members only: have a look at what is new.', 'attune' ), esc_html__( 'What members get', 'attune' ) ) . '</template>
<!-- /wp:attune/variant -->
<!-- wp:attune/variant {"key":"default","isDefault":true} -->
' . $call( esc_html__( 'Become a member', 'attune' ), esc_html__( 'Say in one sentence why it is worth it.', 'attune' ), esc_html__( 'Join', 'attune' ) ) . '
<!-- /wp:attune/variant -->
<!-- /wp:attune/adaptive -->',
);
