<?php
/**
 * Which segments and placements a content uses.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The most segments, and the most placements, that are noted of one post. */
const MAX_NOTED = 200;

/**
 * What a content uses, synced patterns included.
 *
 * @return array{segments: list<string>, placements: list<array<string, mixed>>, patterns: list<int>} `placements` as
 *         placement_definition() writes them, each id once.
 */
function usage_of_content( string $content ): array {
	$segments   = segments_of_shortcodes( $content );
	$placements = array();
	$patterns   = array();
	if ( str_contains( $content, 'attune' ) || str_contains( $content, '<!-- wp:block ' ) ) {
		$visit = static function ( array $block ) use ( &$segments, &$placements ): void {
			array_push( $segments, ...segments_of_block( $block ) );
			$definition = 'attune/adaptive' === $block['blockName'] ? placement_definition( $block ) : null;
			if ( null !== $definition ) {
				$placements += array( $definition['id'] => $definition );
			}
		};
		walk_blocks( parse_blocks( $content ), $visit, $patterns );
	}
	return array(
		'segments'   => array_slice( array_values( array_unique( $segments ) ), 0, MAX_NOTED ),
		'placements' => array_slice( array_values( $placements ), 0, MAX_NOTED ),
		'patterns'   => array_keys( $patterns ),
	);
}

/**
 * The segments that one block names itself.
 *
 * @param array<string, mixed> $block As parse_blocks() gives it.
 * @return list<string>
 */
function segments_of_block( array $block ): array {
	$row   = $block['attrs']['metadata']['attune']['segments'] ?? array();
	$named = 'attune/variant' === $block['blockName'] ? ( $block['attrs']['segments'] ?? array() ) : array();
	$text  = is_string( $block['innerHTML'] ?? null ) ? segments_of_shortcodes( $block['innerHTML'] ) : array();
	return array_merge( only_texts( $row ), only_texts( $named ), $text );
}

/**
 * The segments that shortcodes in a text name.
 *
 * @return list<string>
 */
function segments_of_shortcodes( string $text ): array {
	if ( ! str_contains( $text, '[attune' ) ) {
		return array();
	}
	preg_match_all( '/\[attune(?:[:-][a-z0-9:-]*)?\s[^\[\]]*?\bsegments\s*=\s*(?:"([^"\[\]]*)"|\'([^\'\[\]]*)\'|([^\s"\'\[\]]+))/', $text, $found, PREG_SET_ORDER );
	$segments = array();
	foreach ( $found as $match ) {
		$segments = array_merge( $segments, array_map( 'trim', explode( ',', (string) end( $match ) ) ) );
	}
	return array_values( array_filter( $segments, static fn ( string $key ): bool => '' !== $key ) );
}

/**
 * A placement as it is noted of a post and given out to other hosts; null when its id is none.
 *
 * @param array<string, mixed> $block An attune/adaptive block.
 * @return array{id: string, label: string, strategy: string, default: ?string, variants: list<array<string, mixed>>}|null
 */
function placement_definition( array $block ): ?array {
	$placement = parse_placement( $block );
	if ( '' === $placement->id ) {
		return null;
	}
	return array(
		'id'       => $placement->id,
		'label'    => $placement->label,
		'strategy' => $placement->strategy,
		'default'  => $placement->variants[ $placement->default_index ]->key ?? null,
		'variants' => array_map(
			static fn ( Variant $variant ): array => $variant->told() + array( 'never' => $variant->never ),
			$placement->variants
		),
	);
}

/**
 * The texts of what should be a list of texts.
 *
 * @return list<string>
 */
function only_texts( mixed $list ): array {
	return is_array( $list ) ? array_values( array_filter( $list, 'is_string' ) ) : array();
}
