<?php
/**
 * What is asked about a visitor.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Twin;

use Attune\Core\Decision;
use Attune\Core\Profile;

/**
 * @return array<string, mixed>
 */
function segment_ask( \stdClass $asked ): array {
	return ask_segment( $asked->visit, fold_visit( $asked->visit ) );
}

/**
 * @return array<string, mixed>
 */
function kept_ask( \stdClass $asked ): array {
	return keep( $asked->visit, fold_visit( $asked->visit ) );
}

/**
 * @return array<string, mixed>
 */
function merged_ask( \stdClass $asked ): array {
	$visit = $asked->visit;
	$one   = fold_batches( $visit->batches, $visit->ruleset, $visit->firstSeen, $visit->traits );
	$other = fold_batches( array( (object) array( 'events' => $asked->others ) ), $visit->ruleset, null );
	return array( 'either' => array( merge( $visit, $one, $other ), merge( $visit, $other, $one ) ) );
}

/**
 * @return array<string, mixed>
 */
function merge( \stdClass $visit, Kept $a, Kept $b ): array {
	return keep( $visit, merge_kept( $a, $b, compiled_ruleset( $visit->ruleset )['plan'] ) );
}

/**
 * @return array<string, mixed>
 */
function decide_ask( \stdClass $asked ): array {
	$question  = question_of( $asked->visit, fold_visit( $asked->visit ), $asked->visitor );
	$decisions = \Attune\Core\decide( compiled_ruleset( $asked->visit->ruleset ), $question, $asked->placements );
	$untimed   = question_of( $asked->visit, $question->profile, $asked->visitor, false );
	foreach ( \Attune\Core\decide( compiled_ruleset( $asked->visit->ruleset ), $untimed, $asked->placements ) as $at => $decision ) {
		must_agree( $decision->placement, (array) $decisions[ $at ], (array) $decision );
	}
	return array( 'placements' => (object) array_column( array_map( __NAMESPACE__ . '\named_decision', $decisions ), 1, 0 ) );
}

/**
 * @return array{string, array<string, mixed>}
 */
function named_decision( Decision $decision ): array {
	return array(
		$decision->placement,
		array(
			'variant'    => $decision->variant,
			'experience' => $decision->experience,
			'reason'     => $decision->reason,
			'until'      => $decision->until,
		),
	);
}

/**
 * @return array<string, mixed>
 */
function ask_segment( \stdClass $visit, Profile $profile ): array {
	$compiled = compiled_ruleset( $visit->ruleset );
	$answer   = \Attune\Core\evaluate_segments( $compiled, question_of( $visit, $profile ), array( 'asked' ) )['asked'];
	$untimed  = question_of( $visit, $profile, null, false );
	must_agree( 'asked', $answer, \Attune\Core\evaluate_segments( $compiled, $untimed, array( 'asked' ) )['asked'] );
	return $answer;
}

/**
 * The profile passes through JSON, as it does between hosts.
 *
 * @return array<string, mixed>
 */
function keep( \stdClass $visit, Profile $profile ): array {
	$text = \Attune\Core\json_text( \Attune\Core\profile_to_json( $profile ) );
	$json = \Attune\Core\read_json( $text )->value;
	return ask_segment( $visit, \Attune\Core\parse_profile( $json ) ) + array(
		'firstSeen' => $json->firstSeen,
		'signals'   => $json->signals,
	);
}
