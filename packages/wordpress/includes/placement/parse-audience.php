<?php
/**
 * Reading the Audience row of a block: `metadata.attune`.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Reads the audience of a block as a placement of two variants: the block (key 'shown') and nothing (key 'hidden'). Who is
 * not known sees a block that is hidden from some, and does not see one that is for some.
 *
 * @param array<string, mixed> $block As parse_blocks() gives it.
 * @return ?Placement Null when the row chooses nobody: everybody sees the block.
 */
function parse_audience( array $block ): ?Placement {
	$row      = $block['attrs']['metadata']['attune'] ?? null;
	$segments = is_array( $row ) ? $row['segments'] ?? array() : null;
	if ( null === $segments || array() === $segments ) {
		return null;
	}
	$show   = $row['show'] ?? null;
	$hidden = array( 'key' => 'hidden' );
	$shown  = array( 'key' => 'shown' );
	if ( 'none' === $show ) {
		$hidden += array( 'segments' => $segments, 'match' => 'any' );
		$shown  += array( 'isDefault' => true );
	} else {
		$shown  += array( 'segments' => $segments, 'match' => $show );
		$hidden += array( 'isDefault' => true );
	}
	// Nobody names it; the same row of the same kind of block is the same placement.
	$id = 'row-' . hash( 'crc32b', $block['blockName'] . (string) wp_json_encode( $row ) );
	return create_placement( array( 'placementId' => $id, 'label' => $block['blockName'] ), array( $shown, $hidden ) );
}
