<?php
/**
 * Everything that conditions look at during one question, and what was found out so far.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** Time alone never changes the answer; as a time, later than every other. */
const NEVER = PHP_INT_MAX;

final class Scope {

	/** Each matcher leaves here the second from which its own answer may differ, `NEVER` if time alone never changes it. */
	public int $until = \PHP_INT_MAX;

	/** @var array<int, int> Answers that were found out, by place among the nodes. */
	public array $truths = array();

	/** @var array<int, int> Their horizons. */
	public array $untils = array();

	/** @var array<int, mixed> Values of traits and of the context that were read, by field. */
	public array $values = array();

	/** Which formulas the sweep found true, a digit for each; empty until it was made. */
	public string $trues = '';

	/** All that the sweep found out, a digit for each formula; empty until it was made. */
	public string $swept = '';

	/** How many formulas were asked for without a sweep. */
	public int $asked = 0;

	/** The sweep met a value that is missing or of the wrong type. */
	public bool $is_partial = false;

	/** @var array<string, Ring_Window> Windows of rings that were worked out, by signal. */
	public array $windows = array();

	/** @var array<string, Rank_Schedule> Orders of interest families that were worked out, by signal. */
	public array $ranks = array();

	/** @var array<string, array<int, int>> Strengths that were worked out, by signal, then by border and place. */
	public array $strengths = array();

	/** @var array<string, \DateTime|int> Timezones that were asked for. */
	public array $zones = array();

	/** @var array<string, array<string, mixed>> States of the profile, by signal. */
	public readonly array $signals;

	/**
	 * @param array<string, mixed>    $compiled Of `compile_ruleset`.
	 * @param list<array<int, mixed>> $nodes    Its conditions.
	 * @param int                     $now      Whole seconds.
	 * @param int                     $denied   Purposes that are not granted, as bits.
	 * @param bool                    $is_timed Horizons are asked for.
	 */
	public function __construct(
		public readonly array $compiled,
		public readonly array $nodes,
		public readonly Profile $profile,
		public readonly \stdClass $context,
		public readonly int $now,
		public readonly int $denied,
		public readonly bool $is_timed
	) {
		$this->signals = $profile->signals;
	}
}

/**
 * Lays a question out for matchers. A question that is asked of the same ruleset again finds what was found out before.
 *
 * @param array<string, mixed> $compiled Of `compile_ruleset`.
 */
function open_scope( array $compiled, Question $question ): Scope {
	$known = $question->scope;
	// The same array, which PHP sees without looking into it.
	if ( null !== $known && $known->compiled === $compiled ) {
		return $known;
	}
	$denied = ALL_PURPOSES & ~$question->granted;
	$scope  = new Scope( $compiled, $compiled['nodes'], $question->profile, $question->context, to_seconds( $question->now ), $denied, $question->is_timed );
	foreach ( $question->assume as $key => $matches ) {
		$place = $compiled['segments'][ $key ] ?? null;
		if ( null !== $place ) {
			$scope->truths[ $place ] = $matches ? IS_TRUE : IS_FALSE;
			$scope->untils[ $place ] = NEVER;
		}
	}
	return $question->scope = $scope;
}

/**
 * The state of a signal. A profile folded for another plan answers only for signals both know; what it lacks was never
 * watched: nothing is absent from it.
 *
 * @return array<string, mixed>
 */
function state_at( Scope $scope, string $signal ): array {
	return $scope->signals[ $signal ] ?? $scope->compiled['unheard'][ $signal ];
}

/** A time so many seconds after another; never after what never comes, or when no time is long enough. */
function time_after( int $time, int $seconds ): int {
	return NEVER === $time || NEVER === $seconds ? NEVER : $time + $seconds;
}
