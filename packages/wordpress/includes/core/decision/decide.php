<?php
/**
 * Decides what placements show.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** Past it a double holds no exact milliseconds; TypeScript's are doubles. */
const MAX_EXACT_SECONDS = 9_007_199_254_740;

/**
 * Decides placements, by default every placement of the ruleset, in the order given.
 *
 * @param array<string, mixed> $compiled   Of `compile_ruleset`.
 * @param list<string>|null    $placements Keys.
 * @return list<Decision>
 */
function decide( array $compiled, Question $question, ?array $placements = null ): array {
	$keys     = $placements ?? $compiled['sheet']['placements'];
	$personal = is_granted( $question->granted, 'preferences' );
	$visitor  = $personal ? $question->visitor : null;
	if ( is_held_out( $compiled['holdout'], $visitor ) ) {
		return \array_map( static fn( string $key ): Decision => baseline( $compiled, $key, 'HOLDOUT', NEVER ), $keys );
	}
	$scope     = open_scope( $compiled, $question );
	$trues     = trues_for( $compiled, $scope, $question, $keys );
	$decisions = array();
	foreach ( $keys as $key ) {
		$decisions[] = decide_placement( $compiled, $scope, $trues, $key, $personal, $visitor );
	}
	return $decisions;
}

/**
 * The formulas that are true, where so many audiences are formulas that they are better asked all at once; else empty.
 *
 * @param array<string, mixed> $compiled Of `compile_ruleset`.
 * @param list<string>         $keys     Placements.
 */
function trues_for( array $compiled, Scope $scope, Question $question, array $keys ): string {
	// What is assumed stands in the nodes.
	if ( array() !== $question->assume ) {
		return '';
	}
	$formulas = 0;
	foreach ( $keys as $key ) {
		$formulas += \count( $compiled['sheet']['audiences'][ $key ] ?? array() );
	}
	return $formulas < FEW_FORMULAS ? '' : sweep_trues( $scope );
}

/**
 * The decision that shows a placement's baseline.
 *
 * @param array<string, mixed> $compiled Of `compile_ruleset`.
 * @param int                  $until    Seconds, or `NEVER`.
 */
function baseline( array $compiled, string $placement, string $reason, int $until ): Decision {
	$variant = $compiled['placements'][ $placement ]['baseline'] ?? '';
	return new Decision( $placement, $variant, null, $reason, to_milliseconds( $until ) );
}

/** A horizon in seconds as milliseconds; `NEVER` as null. */
function to_milliseconds( int $until ): ?int {
	if ( NEVER === $until ) {
		return null;
	}
	return $until <= MAX_EXACT_SECONDS ? $until * 1000 : (int) \min( $until * 1000.0, 9e18 );
}

/**
 * Tells whether a visitor sees baselines everywhere.
 *
 * @param array{buckets: int, axis: string}|null $holdout Of a compiled ruleset.
 */
function is_held_out( ?array $holdout, ?string $visitor ): bool {
	return null !== $holdout && null !== $visitor && bucket_of( $visitor, $holdout['axis'] ) < $holdout['buckets'];
}

/**
 * Decides one placement: the first experience that shows a variant.
 *
 * @param array<string, mixed> $compiled Of `compile_ruleset`.
 * @param string               $trues    Of `trues_for`.
 * @param bool                 $personal `preferences` is granted.
 */
function decide_placement( array $compiled, Scope $scope, string $trues, string $placement, bool $personal, ?string $visitor ): Decision {
	$until  = NEVER;
	$reason = $personal ? 'DEFAULT' : 'CONSENT_DENIED';
	// Audiences that are formulas are true or not whatever the time.
	$formulas = '' === $trues ? array() : $compiled['sheet']['audiences'][ $placement ] ?? array();
	foreach ( $compiled['experiences'][ $placement ] ?? array() as $at => $experience ) {
		$formula = $formulas[ $at ] ?? null;
		if ( null !== $formula && '1' !== $trues[ $formula ] ) {
			continue;
		}
		if ( ! $personal && ! $experience['functional'] ) {
			continue;
		}
		$standing = stand_experience( $scope, $experience, $visitor, null !== $formula );
		$until    = $scope->is_timed ? \min( $until, $scope->until ) : NEVER;
		if ( $standing >= 0 ) {
			return new Decision(
				$placement,
				$experience['cuts'][ $standing ][0],
				$experience['key'],
				$experience['whole'] ? 'TARGETING_MATCH' : 'SPLIT',
				to_milliseconds( $until )
			);
		}
		if ( CAPPED === $standing ) {
			$reason = 'CAPPED';
		}
	}
	return baseline( $compiled, $placement, $reason, $until );
}
