<?php
/**
 * A published ruleset as the plugin needs it on every page: what core compiles, and what is said of its segments.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The most segments whose truth may stand in the cookie `attune_k`: one bit each. */
const MAX_KEY_SEGMENTS = 32;

/**
 * Reads and compiles a published ruleset.
 *
 * @param string       $json         Published JSON, with or without its document.
 * @param list<string> $confidential Segments that must not show.
 * @return array<string, mixed> What Core\compile_ruleset() gives, and `hash`, `made`, `scopes` (segment → scope), `confidential`
 *                              (the segments that must not show, and those built on them), `key_segments` (list of at most
 *                              32), `labels` (segment → text), `audiences` (experience → the segment that is its audience,
 *                              where it is one).
 * @throws \InvalidArgumentException Naming the place, the value and the cure.
 */
function prepare_ruleset( string $json, array $confidential ): array {
	$published = read_published( $json );
	$compiled  = Core\compile_ruleset( $published );
	$scopes    = segment_scopes( $compiled, $published->nodes );
	$hidden    = segments_built_on( $published, $confidential );
	return array(
		'hash'         => ruleset_hash( $json, $confidential ),
		'made'         => MADE_BY,
		'scopes'       => $scopes,
		'confidential' => $hidden,
		'key_segments' => key_segments( $scopes, $hidden ),
		'labels'       => segment_labels( $published, array_keys( $scopes ) ),
		'audiences'    => audience_segments( $published ),
	) + $compiled;
}

/** The most bytes of published JSON: the conditions once more beside their document. */
const MAX_PUBLISHED_BYTES = 4 * Core\MAX_DOCUMENT_BYTES;

/**
 * Reads published JSON strictly.
 *
 * @throws \InvalidArgumentException When it is no JSON object.
 */
function read_published( string $json ): \stdClass {
	$read = Core\read_json( $json, MAX_PUBLISHED_BYTES );
	if ( ! $read->ok ) {
		throw new \InvalidArgumentException( "[attune] ruleset: {$read->path}: {$read->message}" );
	}
	if ( ! $read->value instanceof \stdClass ) {
		throw new \InvalidArgumentException( '[attune] ruleset: $: this is no object. Send what `attune publish` wrote.' );
	}
	return $read->value;
}

/**
 * The segments whose truth may stand in a cookie that caches key on: the first 32 that are neither static (every host
 * knows them) nor confidential, in the ruleset's order. The place in this list is the bit.
 *
 * @param array<string, string> $scopes       Segment → scope.
 * @param list<string>          $confidential Segment keys.
 * @return list<string>
 */
function key_segments( array $scopes, array $confidential ): array {
	$keys = array();
	foreach ( $scopes as $key => $scope ) {
		if ( 'static' !== $scope && ! in_array( (string) $key, $confidential, true ) ) {
			$keys[] = (string) $key;
		}
	}
	return array_slice( $keys, 0, MAX_KEY_SEGMENTS );
}

/**
 * Segment → what people call it: the document's label, else its key.
 *
 * @param list<int|string> $keys Segments.
 * @return array<string, string>
 */
function segment_labels( \stdClass $published, array $keys ): array {
	$document = $published->document ?? null;
	$segments = $document instanceof \stdClass ? ( $document->segments ?? null ) : null;
	$labels   = array();
	foreach ( $keys as $key ) {
		$label          = $segments instanceof \stdClass ? ( $segments->{$key}->label ?? null ) : null;
		$labels[ $key ] = is_string( $label ) && '' !== $label ? $label : (string) $key;
	}
	return $labels;
}

/**
 * Experience → the segment that is its audience; those whose audience is anything else are not named.
 *
 * @param \stdClass $published Compiled before, so that its members are what they should be.
 * @return array<string, string>
 */
function audience_segments( \stdClass $published ): array {
	$segments = array();
	foreach ( $published->experiences as $experience ) {
		$node = isset( $experience->audience ) ? $published->nodes[ $experience->audience ] : null;
		if ( 'segment' === ( $node->op ?? null ) && is_string( $node->key ?? null ) ) {
			$segments[ $experience->key ] = $node->key;
		}
	}
	return $segments;
}
