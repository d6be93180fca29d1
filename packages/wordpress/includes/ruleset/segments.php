<?php
/**
 * What may be asked of segments by their key.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Whether the ruleset in force has a segment. */
function segment_exists( string $key ): bool {
	return isset( load_ruleset()['segments'][ $key ] );
}

/** What people call a segment; its key when it has no label or is gone. */
function segment_label( string $key ): string {
	return load_ruleset()['labels'][ $key ] ?? $key;
}

/**
 * The segments whose variants must not stand in a page's source: those that the settings name, and what is built on them, which
 * would tell of them.
 *
 * @return list<string> Keys.
 */
function confidential_segments(): array {
	return load_ruleset()['confidential'] ?? settings()['confidential'];
}

/** Whether a segment's variants must not stand in a page's source. */
function is_confidential( string $key ): bool {
	return in_array( $key, confidential_segments(), true );
}
