<?php
/**
 * What the page tells a browser about the variants of a placement, so that it can choose as the server would.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * The variants that somebody else may choose from, in order: `[key, how, of, from, until]`, `how` being 'any', 'all', 'none' (of
 * segments as they are told there) or 'share' (of buckets, the second not included); from and until are whole seconds or null,
 * and left out where both are. A share may carry an audience after them: `[how, of]`.
 *
 * What is the same for everybody is settled here and noted in the asking's `until`. Left out is what can never be chosen and
 * what is not to be told.
 *
 * @param Asking                             $asking A plain one: nothing of a visitor.
 * @param callable( string ): int|string|null $tell  How a segment is told: its place in the key, its name; null: not at all.
 * @return list<list<mixed>>
 */
function entries_of( Placement $placement, Asking $asking, callable $tell ): array {
	if ( is_decided_by_ruleset( $placement, $asking->compiled ) ) {
		return ruled_entries( $placement, $asking, $tell );
	}
	$cuts    = 'experiment' === $placement->strategy ? share_cuts( $placement ) : null;
	$entries = array();
	foreach ( $placement->variants as $index => $variant ) {
		$is_over  = null !== $variant->until && $asking->scope->now >= $variant->until;
		$audience = $variant->never || $is_over || null !== $cuts && ! isset( $cuts[ $index ] ) ? null : told_audience( $variant, $asking, $tell );
		if ( null === $audience ) {
			continue;
		}
		$when = null === $variant->from && null === $variant->until ? array() : array( $variant->from, $variant->until );
		if ( null === $cuts ) {
			$entries[] = array( $variant->key, ...$audience, ...$when );
		} else {
			$extra     = array() === $audience[1] ? $when : array( $variant->from, $variant->until, $audience );
			$entries[] = array( $variant->key, 'share', $cuts[ $index ], ...$extra );
		}
	}
	return $entries;
}

/**
 * An audience as it is told: `[how, of]`; `['all', []]` is everybody. Null: nobody, or nobody who may be told.
 *
 * @return ?array{string, list<int|string>}
 */
function told_audience( Variant $variant, Asking $asking, callable $tell ): ?array {
	$told   = array();
	$is_any = 'any' === $variant->match;
	if ( names_gone_segment( $variant, $asking->compiled ) ) {
		return null;
	}
	foreach ( $variant->segments as $segment ) {
		if ( 'static' !== $asking->compiled['scopes'][ $segment ] ) {
			$name = $tell( $segment );
			if ( null === $name ) {
				return null;
			}
			$told[] = $name;
			continue;
		}
		$passes = ( 'none' === $variant->match ? 0 : 1 ) === segment_truth( $asking, $segment );
		if ( $passes && $is_any ) {
			return array( 'all', array() );
		}
		if ( ! $passes && ! $is_any ) {
			return null;
		}
	}
	if ( array() === $told ) {
		return $is_any && array() !== $variant->segments ? null : array( 'all', array() );
	}
	return array( $variant->match, $told );
}

/** Tells segments to browsers: by their place in the key. Confidential ones and those past the last place have none. */
function tell_place( array $ruleset ): \Closure {
	$places = array_flip( $ruleset['key_segments'] );
	return static fn ( string $segment ): ?int => $places[ $segment ] ?? null;
}

/** Tells segments to an edge: by their name, but for confidential ones. */
function tell_name(): \Closure {
	$confidential = confidential_segments();
	return static fn ( string $segment ): ?string => in_array( $segment, $confidential, true ) ? null : $segment;
}

/**
 * The places in the key that entries look at, each once, in order.
 *
 * @param list<list<mixed>> $entries As entries_of() gives them.
 * @return list<int>
 */
function places_of( array $entries ): array {
	$places = array();
	foreach ( $entries as $entry ) {
		array_push( $places, ...( 'share' === $entry[1] ? $entry[5][1] ?? array() : $entry[2] ) );
	}
	$places = array_unique( $places );
	sort( $places );
	return $places;
}
