<?php
/**
 * Taking everything but defaults out of HTML that leaves the page: a mail that was made from a post.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** HTML without our templates, scripts and elements; what stood in them by default stays. */
function default_html( string $html ): string {
	if ( ! str_contains( $html, '<attune-' ) ) {
		return $html;
	}
	// Of what an edge was to choose from, only the default stays.
	$html = without_elements( (string) preg_replace( '#<template data-variant="[^"]*" data-default>(.*?)</template>(?=</attune-slot>)#s', '$1', $html ), 'template', ' data-variant=' );
	$html = (string) preg_replace( '#<script data-cfasync="false" data-no-optimize="1"[^>]*>.*?</script>#s', '', $html );
	return (string) preg_replace( '#</?attune-(?:placement|slot)\b[^>]*>#', '', $html );
}

/** HTML without elements of a name whose first attribute is given, and all that stands in them, elements of that name too. */
function without_elements( string $html, string $name, string $attribute ): string {
	$kept  = '';
	$depth = 0;
	$parts = preg_split( "#(<{$name}\b[^>]*>|</{$name}>)#", $html, -1, PREG_SPLIT_DELIM_CAPTURE );
	foreach ( false === $parts ? array() : $parts as $part ) {
		$opens = str_starts_with( $part, "<{$name}" );
		if ( $opens && ( $depth > 0 || str_starts_with( $part, "<{$name}{$attribute}" ) ) ) {
			++$depth;
		} elseif ( $depth > 0 && "</{$name}>" === $part ) {
			--$depth;
		} elseif ( 0 === $depth ) {
			$kept .= $part;
		}
	}
	return $kept;
}

/**
 * A mail whose text was made from a post carries defaults only.
 *
 * @param array<string, mixed> $mail As wp_mail() hands it to its filter.
 * @return array<string, mixed>
 */
function clean_mail( array $mail ): array {
	if ( is_string( $mail['message'] ?? null ) ) {
		$mail['message'] = default_html( $mail['message'] );
	}
	return $mail;
}
