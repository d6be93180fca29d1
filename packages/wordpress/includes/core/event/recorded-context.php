<?php
/**
 * What an event may remember of its request: the paths of `touch` that hold text. All else is left out.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The longest text of a recorded context, in UTF-16 units; a longer one is not recorded, since half a value is another. */
const MAX_CONTEXT_TEXT = 1_024;

const RECORDED_MEMBERS = array(
	'utm'      => array( 'source', 'medium', 'campaign', 'term', 'content' ),
	'referrer' => array( 'host' ),
	'url'      => array( 'path' ),
);

/**
 * Reads what is to be remembered; an empty object when that is nothing.
 */
function read_recorded_context( mixed $value ): \stdClass {
	$recorded = new \stdClass();
	if ( ! $value instanceof \stdClass ) {
		return $recorded;
	}
	foreach ( RECORDED_MEMBERS as $group => $names ) {
		$texts = read_recorded_texts( $value->{$group} ?? null, $names );
		if ( array() !== $texts ) {
			$recorded->{$group} = (object) $texts;
		}
	}
	return $recorded;
}

/**
 * The members of a group that are text.
 *
 * @param list<string> $names Members that are looked for.
 * @return array<string, string>
 */
function read_recorded_texts( mixed $members, array $names ): array {
	$texts = array();
	foreach ( $names as $name ) {
		$text = $members instanceof \stdClass ? $members->{$name} ?? null : null;
		if ( is_string( $text ) && '' !== $text && is_text_within( $text, MAX_CONTEXT_TEXT ) ) {
			$texts[ $name ] = $text;
		}
	}
	return $texts;
}

/**
 * Tells whether text is UTF-8 and no longer than so many UTF-16 units, as TypeScript counts.
 */
function is_text_within( string $text, int $most ): bool {
	return strlen( $text ) <= 3 * $most && utf16_length( $text ) <= $most && 1 === preg_match( '//u', $text );
}
