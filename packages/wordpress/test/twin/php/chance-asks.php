<?php
/**
 * What chance asks: one ruleset, then a visitor, then questions about that visitor.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Twin;

use Attune\Core\Decision;
use Attune\Core\Profile;
use Attune\Core\Question;

/**
 * What the lines before left for this one.
 */
final class Table {

	/** @var array<string, mixed> */
	public static array $compiled = array();

	/** @var array<string, mixed> The ruleset before it, and its text. */
	public static array $older      = array();
	public static string $older_text = '';

	public static ?Profile $profile = null;
}

/**
 * @return array<string, mixed>
 */
function rulesets_ask( \stdClass $asked ): array {
	Table::$compiled = array();
	if ( $asked->older !== Table::$older_text ) {
		Table::$older      = compile_text( $asked->older );
		Table::$older_text = $asked->older;
	}
	Table::$compiled = compile_text( $asked->text );
	return array( 'revision' => Table::$compiled['revision'] );
}

/**
 * The visitor of the questions to come, known by events, by a profile or by a token; answers the profile.
 */
function visitor_ask( \stdClass $asked ): \stdClass {
	Table::$profile = match ( $asked->by ) {
		'events'  => profile_of_events( $asked ),
		'merged'  => profile_of_devices( $asked ),
		'profile' => \Attune\Core\parse_profile( $asked->profile ),
		'token'   => profile_of_token( $asked ),
	};
	return \Attune\Core\profile_to_json( Table::$profile );
}

function profile_of_events( \stdClass $asked ): Profile {
	return fold_device( $asked, 1, 0 )->history->profile;
}

/**
 * Every second batch was heard on another device.
 */
function profile_of_devices( \stdClass $asked ): Profile {
	return merge_kept( fold_device( $asked, 2, 0 ), fold_device( $asked, 2, 1 ), Table::$compiled['plan'] );
}

/**
 * Folds one of some devices, each batch for the plan of its time.
 */
function fold_device( \stdClass $asked, int $devices, int $device ): Kept {
	$plan_of = static fn ( int $at ): array => ( $at < $asked->heardBefore ? Table::$older : Table::$compiled )['plan'];
	$kept    = keep_given(
		$plan_of( $device ),
		0 === $device ? $asked->firstSeen : null,
		0 === $device ? $asked->traits : new \stdClass()
	);
	for ( $at = $device; $at < count( $asked->batches ); $at += $devices ) {
		$kept = fold_batch( $kept, $asked->batches[ $at ], $plan_of( $at ) );
	}
	return $kept;
}

/**
 * The token is read, and what was read is issued again: the same text must come of it.
 */
function profile_of_token( \stdClass $asked ): Profile {
	$keys  = keys_of( $asked );
	$owner = array( $asked->site, $asked->visitor, Table::$compiled );
	$token = \Attune\Core\decode_token( $keys, ...$owner, ...array( $asked->text, $asked->now ) );
	if ( null === $token ) {
		throw new \UnexpectedValueException( 'The token does not open.' );
	}
	$again = \Attune\Core\encode_token( $keys, ...$owner, ...array( $token ) );
	if ( $again !== $asked->text ) {
		throw new \UnexpectedValueException( "The token is issued again as {$again}." );
	}
	return $token->profile;
}

/**
 * Every segment and every placement, each list in the order of its keys.
 *
 * @return array{list<array{string, ?bool, ?int}>, list<array<int, mixed>>}
 */
function question_ask( \stdClass $asked ): array {
	$one   = question_of( $asked, Table::$profile, $asked->visitor );
	$other = 0 === $asked->now % 3 ? question_of( $asked, Table::$profile, $asked->visitor ) : $one;
	// What one call found out about a question must serve the other, whichever is first.
	$decided = 1 === $asked->now % 3 ? \Attune\Core\decide( Table::$compiled, $one ) : null;
	$answers = \Attune\Core\evaluate_segments( Table::$compiled, $one );
	$decided = $decided ?? \Attune\Core\decide( Table::$compiled, $other );
	must_answer_untimed( question_of( $asked, Table::$profile, $asked->visitor, false ), $answers, $decided );
	ksort( $answers, SORT_STRING );
	$segments = array();
	foreach ( $answers as $key => $answer ) {
		$segments[] = array( (string) $key, $answer['match'], $answer['until'] );
	}
	$decisions = array_map( __NAMESPACE__ . '\decision_list', $decided );
	usort( $decisions, static fn ( array $a, array $b ): int => strcmp( $a[0], $b[0] ) );
	return array( $segments, $decisions );
}

/**
 * The same question, asked without times, is answered the same. Decisions come first: they look at less.
 *
 * @param array<string, array<string, mixed>> $answers By segment.
 * @param list<Decision>                      $decided In the order of the ruleset.
 */
function must_answer_untimed( Question $untimed, array $answers, array $decided ): void {
	foreach ( \Attune\Core\decide( Table::$compiled, $untimed ) as $at => $decision ) {
		must_agree( $decision->placement, (array) $decided[ $at ], (array) $decision );
	}
	foreach ( \Attune\Core\evaluate_segments( Table::$compiled, $untimed ) as $key => $answer ) {
		must_agree( (string) $key, $answers[ $key ], $answer );
	}
}

/**
 * @return array{string, string, ?string, string, ?int}
 */
function decision_list( Decision $decision ): array {
	return array(
		$decision->placement,
		$decision->variant,
		$decision->experience,
		$decision->reason,
		$decision->until,
	);
}
