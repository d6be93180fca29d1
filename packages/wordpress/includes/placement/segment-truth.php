<?php
/**
 * Asking segments for a placement.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** One question to the ruleset, and until when the answers given so far hold. */
final class Asking {

	/** Whole seconds; NEVER while nothing changes by time alone. */
	public int $until = NEVER;

	/**
	 * @param array<string, mixed> $compiled As load_ruleset() gives it.
	 * @param bool                 $is_plain Nothing of the visitor is looked at but what the question assumes: the answer is the
	 *                                       same for everybody of whom that is assumed.
	 */
	public function __construct(
		public readonly array $compiled,
		public readonly Core\Question $question,
		public readonly Core\Scope $scope,
		public readonly bool $is_plain
	) {}

	/** What is decided may differ from a second on. */
	public function note( int $until ): void {
		$this->until = min( $this->until, $until );
	}
}

/** Opens a question to a ruleset; see Asking. */
function open_asking( array $compiled, Core\Question $question, bool $is_plain = false ): Asking {
	return new Asking( $compiled, $question, Core\open_scope( $compiled, $question ), $is_plain );
}

/**
 * The truth of a segment: 1 true, 0 false, -1 unknown. Without consent to personalise, nothing that is a visitor's own is
 * looked at; what a preview assumes holds.
 */
function segment_truth( Asking $asking, string $segment ): int {
	$question = $asking->question;
	if ( isset( $question->assume[ $segment ] ) ) {
		return $question->assume[ $segment ] ? 1 : 0;
	}
	$scope = $asking->compiled['scopes'][ $segment ] ?? null;
	if ( null === $scope || 'static' !== $scope && $asking->is_plain || 'private' === $scope && ! Core\is_granted( $question->granted, 'preferences' ) ) {
		return -1;
	}
	$truth = Core\match_segment( $asking->scope, $segment );
	$asking->note( $asking->scope->until );
	return $truth;
}

/**
 * Whether an audience takes somebody in: `any`: some segment matches; `all`: each does; `none`: each is known not to.
 * A segment that is gone is unknown, and an audience that names one takes nobody in.
 */
function audience_holds( Asking $asking, Variant $variant ): bool {
	if ( names_gone_segment( $variant, $asking->compiled ) ) {
		return false;
	}
	$wanted = 'none' === $variant->match ? 0 : 1;
	foreach ( $variant->segments as $segment ) {
		$passes = $wanted === segment_truth( $asking, $segment );
		if ( $passes && 'any' === $variant->match ) {
			return true;
		}
		if ( ! $passes && 'any' !== $variant->match ) {
			return false;
		}
	}
	return 'any' !== $variant->match || array() === $variant->segments;
}

/**
 * Whether a variant names a segment that is gone.
 *
 * @param array<string, mixed> $compiled As load_ruleset() gives it.
 */
function names_gone_segment( Variant $variant, array $compiled ): bool {
	foreach ( $variant->segments as $segment ) {
		if ( ! isset( $compiled['segments'][ $segment ] ) ) {
			return true;
		}
	}
	return false;
}
