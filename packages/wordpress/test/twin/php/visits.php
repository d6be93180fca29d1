<?php
/**
 * What is known of a visitor: the events of a case, folded as a store folds them.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Twin;

use Attune\Core\Event;
use Attune\Core\History;
use Attune\Core\Profile;
use Attune\Core\Question;

/**
 * A visitor's history as a store keeps it, with the recent events beside it.
 */
final class Kept {

	/**
	 * @param list<Event> $recent Not taken into the base yet.
	 */
	public function __construct( public readonly History $history, public readonly array $recent = array() ) {}
}

/**
 * The profile of a visit, folded batch by batch, each for the ruleset of its time.
 */
function fold_visit( \stdClass $visit ): Profile {
	return fold_batches( $visit->batches, $visit->ruleset, $visit->firstSeen, $visit->traits )->history->profile;
}

/**
 * @param list<\stdClass> $batches Each with `events`, and the `ruleset` of its time when that was another.
 */
function fold_batches( array $batches, string $ruleset, ?int $first_seen, ?\stdClass $traits = null ): Kept {
	$kept = keep_given( compiled_ruleset( $batches[0]->ruleset ?? $ruleset )['plan'], $first_seen, $traits ?? new \stdClass() );
	foreach ( $batches as $batch ) {
		$kept = fold_batch( $kept, $batch->events, compiled_ruleset( $batch->ruleset ?? $ruleset )['plan'] );
	}
	return $kept;
}

/**
 * Nobody has been heard yet; what no event says is given.
 *
 * @param array<string, mixed> $plan The plan of a compiled ruleset.
 */
function keep_given( array $plan, ?int $first_seen, \stdClass $traits ): Kept {
	$profile = \Attune\Core\with_given( \Attune\Core\empty_profile( $plan ), $traits, $first_seen );
	return new Kept( new History( $profile, $plan ) );
}

/**
 * @param list<\stdClass>      $events As JSON has them.
 * @param array<string, mixed> $plan   Of the ruleset of that time.
 */
function fold_batch( Kept $kept, array $events, array $plan ): Kept {
	$fresh  = array_map( __NAMESPACE__ . '\event_of', $events );
	$folded = \Attune\Core\fold_events( $kept->history, $fresh, $plan, static fn (): array => $kept->recent );
	$recent = \Attune\Core\without_events( array_merge( $kept->recent, $fresh ), $folded->settled );
	return new Kept( $folded->history, $recent );
}

/**
 * The profile of two visitors who are one person.
 *
 * @param array<string, mixed> $plan The plan of a compiled ruleset.
 */
function merge_kept( Kept $a, Kept $b, array $plan ): Profile {
	$recent_a = static fn (): array => $a->recent;
	$recent_b = static fn (): array => $b->recent;
	return \Attune\Core\merge_histories( $a->history, $b->history, $plan, $recent_a, $recent_b )->history->profile;
}

/**
 * An event as a host makes it.
 */
function event_of( \stdClass $json ): Event {
	return new Event( $json->id, $json->name, $json->time, $json->properties, $json->context ?? null );
}

/**
 * The question of a visit. A host's context is made by code, or by PHP's own decoder: strict reading refuses some of what
 * stands in it.
 */
function question_of( \stdClass $visit, Profile $profile, ?string $visitor = null, bool $is_timed = true ): Question {
	return new Question(
		$profile,
		json_decode( $visit->context, false, 512, JSON_THROW_ON_ERROR ),
		\Attune\Core\consent_bits( $visit->consent ),
		$visit->now,
		$visitor,
		(array) ( $visit->assume ?? array() ),
		$is_timed
	);
}

/**
 * Who does not ask until when an answer holds must be told the same.
 *
 * @param array<string, mixed> $timed   What was answered, with an `until`.
 * @param array<string, mixed> $untimed The same, asked without.
 */
function must_agree( string $key, array $timed, array $untimed ): void {
	if ( array( 'until' => null ) + $timed !== array( 'until' => null ) + $untimed || null !== $untimed['until'] ) {
		throw new \UnexpectedValueException( "{$key} is answered otherwise by a question that asks for no time." );
	}
}
