<?php
/**
 * What is kept of a ruleset for people: the document, and the sentences that say what its segments mean.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Post meta of a kept ruleset: segment → sentence. */
const SENTENCES_META = '_attune_sentences';

/** The document of the ruleset in force; null when there is none or it was published without. */
function kept_document(): ?\stdClass {
	$in_force = ruleset_option();
	$json     = null === $in_force ? '' : kept_json( $in_force['post'] );
	$document = '' === $json ? null : ( read_published( $json )->document ?? null );
	return $document instanceof \stdClass ? $document : null;
}

/**
 * Keeps the sentences of a publication's segments.
 *
 * @param array<array-key, mixed> $sentences Segment → text; what is none is left out.
 */
function keep_sentences( int $post, array $sentences ): void {
	$texts = array();
	foreach ( $sentences as $segment => $sentence ) {
		if ( is_string( $sentence ) ) {
			$texts[ $segment ] = mb_substr( $sentence, 0, 2000 );
		}
	}
	update_post_meta( $post, SENTENCES_META, wp_slash( $texts ) );
}

/**
 * The sentences of a kept ruleset.
 *
 * @return array<string, string>
 */
function kept_sentences( int $post ): array {
	$kept = get_post_meta( $post, SENTENCES_META, true );
	return is_array( $kept ) ? $kept : array();
}
