<?php
/**
 * Choosing what a placement shows.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Chooses the variant of a placement. A placement that the ruleset knows by its id is decided by the ruleset's experiences;
 * any other by its own variants: the first whose schedule is open and whose audience holds, or, of an experiment, the one in
 * whose share the visitor falls. Before all of them comes the holdout.
 *
 * @param array<string, mixed> $compiled As load_ruleset() gives it.
 */
function choose_variant( Placement $placement, array $compiled, Core\Question $question ): Choice {
	if ( is_decided_by_ruleset( $placement, $compiled ) ) {
		return choose_by_ruleset( $placement, $compiled, $question );
	}
	if ( is_held_out( $compiled, $question ) ) {
		return new Choice( $placement->default_index, 'HOLDOUT' );
	}
	return choose_by_variants( $placement, open_asking( $compiled, $question ) );
}

/**
 * Chooses for everybody who carries the same key (`attune_k`), by it and by what does not depend on the visitor: so may a cache
 * keep the answer under the key.
 *
 * @param array<string, mixed> $compiled As load_ruleset() gives it.
 * @param array<string, bool>  $truths   As read_segment_key() gives them; what they do not name is unknown.
 * @param int                  $now      Milliseconds.
 */
function choose_by_key( Placement $placement, array $compiled, array $truths, int $now ): Choice {
	$profile  = new Core\Profile( '', null, null, '', array(), new \stdClass() );
	// A key is written with consent alone.
	$purposes = Core\purpose_bits( array() === $truths ? array( 'functional' ) : array( 'functional', 'preferences' ) );
	$question = new Core\Question( $profile, page_context(), $purposes, $now, null, $truths );
	if ( is_decided_by_ruleset( $placement, $compiled ) ) {
		return choose_by_ruleset( $placement, $compiled, $question );
	}
	return choose_by_variants( $placement, open_asking( $compiled, $question, true ) );
}

/** Whether the ruleset itself says what a placement shows. */
function is_decided_by_ruleset( Placement $placement, array $compiled ): bool {
	return '' !== $placement->id && isset( $compiled['placements'][ $placement->id ] );
}

/** The ruleset's decision; a variant that the block lacks is the default. */
function choose_by_ruleset( Placement $placement, array $compiled, Core\Question $question ): Choice {
	$decision = Core\decide( $compiled, $question, array( $placement->id ) )[0];
	return new Choice(
		$placement->index_of( $decision->variant ),
		$decision->reason,
		null === $decision->until ? NEVER : intdiv( $decision->until, 1000 )
	);
}

/** The choice by what the editor wrote. */
function choose_by_variants( Placement $placement, Asking $asking ): Choice {
	if ( 'experiment' === $placement->strategy ) {
		return choose_by_share( $placement, $asking );
	}
	foreach ( $placement->variants as $index => $variant ) {
		if ( variant_stands( $asking, $variant ) ) {
			return new Choice( $index, 'TARGETING_MATCH', $asking->until );
		}
	}
	return new Choice( $placement->default_index, 'DEFAULT', $asking->until );
}

/** The choice by the visitor's bucket; whoever has none, or falls past the shares, sees the default. */
function choose_by_share( Placement $placement, Asking $asking ): Choice {
	$visitor = $asking->question->visitor;
	if ( ! Core\is_granted( $asking->question->granted, 'preferences' ) ) {
		return new Choice( $placement->default_index, 'CONSENT_DENIED' );
	}
	if ( '' === $placement->id || null === $visitor ) {
		return new Choice( $placement->default_index, 'DEFAULT' );
	}
	$bucket = Core\bucket_of( $visitor, $placement->id );
	foreach ( share_cuts( $placement ) as $index => list( $start, $end ) ) {
		if ( $bucket >= $start && $bucket < $end && variant_stands( $asking, $placement->variants[ $index ] ) ) {
			return new Choice( $index, 'SPLIT', $asking->until );
		}
	}
	return new Choice( $placement->default_index, 'DEFAULT', $asking->until );
}

/**
 * The buckets of each variant that has a share, cut one after another in order; the default's share is cut as well.
 *
 * @return array<int, array{int, int}> Place of a variant other than the default → its first bucket and the one after its last.
 */
function share_cuts( Placement $placement ): array {
	$cuts  = array();
	$start = 0;
	foreach ( $placement->variants as $index => $variant ) {
		if ( null === $variant->share ) {
			continue;
		}
		$end = min( Core\BUCKETS, $start + Core\share_buckets( $variant->share ) );
		if ( $index !== $placement->default_index ) {
			$cuts[ $index ] = array( $start, $end );
		}
		$start = $end;
	}
	return $cuts;
}
