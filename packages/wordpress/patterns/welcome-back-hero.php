<?php
/**
 * Pattern: the head of a front page that greets those who came back.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

$returning = pattern_variant( 'returning', __( 'Came back', 'attune' ), array( 'returning', 'returning-visitor', 'returning-visitors' ) );

$hero = static fn ( string $heading, string $text, string $button ): string => '<!-- wp:group {"align":"full","style":{"spacing":{"padding":{"top":"4rem","bottom":"4rem"}}},"layout":{"type":"constrained"}} -->
<div class="wp-block-group alignfull" style="padding-top:4rem;padding-bottom:4rem"><!-- wp:heading {"textAlign":"center","level":1} -->
<h1 class="wp-block-heading has-text-align-center">' . $heading . '</h1>
<!-- /wp:heading -->

<!-- wp:paragraph {"align":"center"} -->
<p class="has-text-align-center">' . $text . '</p>
<!-- /wp:paragraph -->

<!-- wp:buttons {"layout":{"type":"flex","justifyContent":"center"}} -->
<div class="wp-block-buttons"><!-- wp:button -->
<div class="wp-block-button"><a class="wp-block-button__link wp-element-button">' . $button . '</a></div>
<!-- /wp:button --></div>
<!-- /wp:buttons --></div>
<!-- /wp:group -->';

return array(
	'title'       => __( 'Welcome-back hero', 'attune' ),
	'description' => __( 'Greets visitors who came back, and introduces the site to new ones.', 'attune' ),
	'keywords'    => array( __( 'header', 'attune' ), __( 'returning', 'attune' ) ),
	'content'     => '<!-- wp:attune/adaptive ' . serialize_block_attributes( array( 'label' => __( 'Hero', 'attune' ) ) ) . ' -->
<!-- wp:attune/variant ' . $returning . ' -->
<template data-attune-variant="">' . $hero( esc_html__( 'Good to see you again', 'attune' ), esc_html__( 'Here is what is new since your last visit.', 'attune' ), esc_html__( 'See what is new', 'attune' ) ) . '</template>
<!-- /wp:attune/variant -->
<!-- wp:attune/variant {"key":"default","isDefault":true} -->
' . $hero( esc_html__( 'Welcome', 'attune' ), esc_html__( 'Say in one sentence what visitors find here.', 'attune' ), esc_html__( 'Begin here', 'attune' ) ) . '
<!-- /wp:attune/variant -->
<!-- /wp:attune/adaptive -->',
);
