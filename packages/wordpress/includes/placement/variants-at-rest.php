<?php
/**
 * The element in which a variant other than the default is saved. Where this plugin is not active, browsers show nothing of it;
 * where it is, only what stands in it is printed.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

const REST_OPEN  = '<template data-attune-variant="">';
const REST_CLOSE = '</template>';
// How others may have written it.
const REST_OPEN_PATTERN = '\A\s*<template data-attune-variant(?:="[^"]*")?>';
// A delimiter of a variant, as WordPress's own block parser reads them.
const VARIANT_DELIMITER = '#<!--\s+(?<close>/)?wp:attune/variant\s+(?<attributes>{(?:(?:[^}]+|}+(?=})|(?!}\s+/?-->).)*+)?}\s+)?(?<void>/)?-->#s';

/**
 * The source of a post whose variants other than defaults are at rest, whoever wrote it: editors who may not write all of HTML lose
 * the element when they save, and programs do not know of it. Nothing else of the source is touched.
 */
function with_variants_at_rest( string $content ): string {
	preg_match_all( VARIANT_DELIMITER, $content, $found, PREG_SET_ORDER | PREG_OFFSET_CAPTURE );
	$open    = array();
	$inserts = array();
	foreach ( $found as $delimiter ) {
		list( $text, $at ) = $delimiter[0];
		if ( '' !== ( $delimiter['void'][0] ?? '' ) ) {
			continue;
		}
		if ( '' === ( $delimiter['close'][0] ?? '' ) ) {
			$open[] = array( $at + strlen( $text ), is_default_source( $delimiter['attributes'][0] ?? '' ) );
			continue;
		}
		list( $start, $is_default ) = array_pop( $open ) ?? array( 0, true );
		$inner                      = substr( $content, $start, $at - $start );
		if ( $is_default || '' === trim( $inner ) || 1 === preg_match( '#' . REST_OPEN_PATTERN . '#', $inner ) ) {
			continue;
		}
		// The element stands on the lines where it would have stood, or they would become more with each save.
		$inserts += str_starts_with( $inner, "\n" ) ? array( $start + 1 => REST_OPEN ) : array( $start => "\n" . REST_OPEN );
		$inserts += str_ends_with( $inner, "\n" ) ? array( $at - 1 => REST_CLOSE ) : array( $at => REST_CLOSE . "\n" );
	}
	// From the end, so that what is still to come stays where it is.
	krsort( $inserts );
	foreach ( $inserts as $at => $text ) {
		$content = substr_replace( $content, $text, $at, 0 );
	}
	return $content;
}

/** Whether the attributes in the source of a variant say that it is the default. */
function is_default_source( string $attributes ): bool {
	$given = json_decode( $attributes, true );
	return is_array( $given ) && true === ( $given['isDefault'] ?? false );
}

/**
 * What a variant is made of, without the element it rests in.
 *
 * @param list<?string> $chunks Its own markup, and null where an inner block stands, as parse_blocks() gives them.
 * @return list<?string>
 */
function chunks_awake( array $chunks ): array {
	$texts = array_keys( array_filter( $chunks, 'is_string' ) );
	if ( array() === $texts || 1 !== preg_match( '#' . REST_OPEN_PATTERN . '#', $chunks[ $texts[0] ] ) ) {
		return $chunks;
	}
	list( $first, $last ) = array( $texts[0], end( $texts ) );
	$chunks[ $last ]      = (string) preg_replace( '#' . REST_CLOSE . '\s*\z#', '', $chunks[ $last ] );
	$chunks[ $first ]     = (string) preg_replace( '#' . REST_OPEN_PATTERN . '#', '', $chunks[ $first ] );
	return $chunks;
}
