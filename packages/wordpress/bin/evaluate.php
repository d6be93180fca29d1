<?php
/**
 * Answers cases: reads one JSON case a line on standard input, writes one answer a line, as `attune evaluate` does.
 *
 * A case:     { ruleset, profile, context, consent, visitor, now }; the ruleset published, times in milliseconds, no profile
 *             is an empty one.
 * Its answer: { segments: { key: { match, until } },
 *               decisions: { placement: { variant, experience, reason, until } }, profile }
 * A case that cannot be answered gives { "error": "…" } on its line, and the run goes on.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

require __DIR__ . '/../includes/core/load.php';

/** The most bytes of one case: 8 MB. */
const MAX_LINE = 8 * 1024 * 1024;

/** The last instant a date can be, in milliseconds. */
const MAX_TIME = 8_640_000_000_000_000;

if ( 'cli' === PHP_SAPI ) {
	$known = array( '', null );
	while ( false !== ( $line = fgets( STDIN ) ) ) {
		fwrite( STDOUT, answer_line( rtrim( $line, "\r\n" ), $known ) . "\n" );
	}
}

/**
 * The answer to one line. It never throws: a case of ours that fails must not cost those behind it.
 *
 * @param array{string, array<string, mixed>|null} $known The text of the last ruleset, and the ruleset compiled.
 */
function answer_line( string $line, array &$known ): string {
	try {
		return json_text( answer_case( read_case( $line, $known ), $known ) );
	} catch ( \InvalidArgumentException $error ) {
		return json_text( array( 'error' => $error->getMessage() ) );
	} catch ( \Throwable $error ) {
		return json_text( array( 'error' => '[evaluate] ' . $error->getMessage() ) );
	}
}

/**
 * Reads a case. A ruleset that begins the line as it began the last one is not read again.
 *
 * @param array{string, array<string, mixed>|null} $known The text of the last ruleset, and the ruleset compiled.
 */
function read_case( string $line, array $known ): \stdClass {
	$is_known = '' !== $known[0] && str_starts_with( $line, $known[0] );
	$read     = read_json( $is_known ? '{' . substr( $line, strlen( $known[0] ) ) : $line, MAX_LINE );
	if ( ! $read->ok ) {
		throw new \InvalidArgumentException( "{$read->path}: {$read->message}" );
	}
	if ( ! $read->value instanceof \stdClass ) {
		throw new \InvalidArgumentException( '$: A case is an object with ruleset, now and what is known of a visitor.' );
	}
	if ( $is_known && property_exists( $read->value, 'ruleset' ) ) {
		throw new \InvalidArgumentException( '$.ruleset: The case has two rulesets. Give one.' );
	}
	if ( ! $is_known && ! ( $read->value->ruleset ?? null ) instanceof \stdClass ) {
		throw new \InvalidArgumentException( '$.ruleset: A case needs a ruleset. Give it published.' );
	}
	$read->value->line = $is_known ? null : $line;
	return $read->value;
}

/**
 * Answers a case.
 *
 * @param \stdClass                                $case  Of `read_case`.
 * @param array{string, array<string, mixed>|null} $known The text of the last ruleset, and the ruleset compiled; changed.
 * @return array<string, mixed>
 */
function answer_case( \stdClass $case, array &$known ): array {
	if ( null !== $case->line ) {
		$known = array( '', compile_ruleset( $case->ruleset ) );
		$known = array( ruleset_text( $case->line ), $known[1] );
	}
	$compiled = $known[1];
	$question = read_question( $case, $compiled );
	$decided  = array();
	foreach ( decide( $compiled, $question ) as $decision ) {
		$decided[ $decision->placement ] = array(
			'variant'    => $decision->variant,
			'experience' => $decision->experience,
			'reason'     => $decision->reason,
			'until'      => $decision->until,
		);
	}
	return array(
		'segments'  => (object) evaluate_segments( $compiled, $question ),
		'decisions' => (object) $decided,
		'profile'   => profile_to_json( $question->profile ),
	);
}

/**
 * The question of a case.
 *
 * @param array<string, mixed> $compiled Of `compile_ruleset`.
 */
function read_question( \stdClass $case, array $compiled ): Question {
	$now = $case->now ?? null;
	if ( ! is_int( $now ) && ! is_float( $now ) || $now < 0 || $now > MAX_TIME ) {
		throw new \InvalidArgumentException( '$.now: This is no time. Give now in milliseconds since 1970.' );
	}
	$profile = $case->profile ?? null;
	if ( null !== $profile && ! $profile instanceof \stdClass ) {
		throw new \InvalidArgumentException( '$.profile: A profile is an object. Leave it out for an empty one.' );
	}
	$granted = consent_bits( value_of( parse_consent( $case->consent ?? new \stdClass() ) ) );
	return new Question(
		null === $profile ? empty_profile( $compiled['plan'] ) : parse_profile( $profile ),
		value_of( parse_context( $case->context ?? new \stdClass() ) ),
		$granted,
		(int) floor( $now ),
		read_visitor_of( $case, $granted )
	);
}

/** The visitor of a case; with consent to preferences there is one, since buckets are made from it. */
function read_visitor_of( \stdClass $case, int $granted ): ?string {
	if ( isset( $case->visitor ) ) {
		return value_of( parse_visitor_id( $case->visitor ) );
	}
	if ( is_granted( $granted, 'preferences' ) ) {
		throw new \InvalidArgumentException( '$.visitor: With consent to preferences a case needs a visitor id. Give "visitor".' );
	}
	return null;
}

/** What was read, or an exception that says why it was not. */
function value_of( Json_Result $read ): mixed {
	return $read->ok ? $read->value : throw new \InvalidArgumentException( "{$read->path}: {$read->message}" );
}

/**
 * The text with which a line begins up to behind its ruleset and the comma after it; empty when the ruleset does not stand
 * first, or alone.
 */
function ruleset_text( string $line ): string {
	$from = '{"ruleset":';
	if ( ! str_starts_with( $line, $from . '{' ) ) {
		return '';
	}
	$depth = 0;
	$at    = strlen( $from );
	do {
		$sign = $line[ $at ];
		if ( '"' === $sign ) {
			preg_match( '/"[^"\\\\]*+(?:\\\\.[^"\\\\]*+)*+"/A', $line, $text, 0, $at );
			$at += strlen( $text[0] );
		} else {
			$depth += ( '{' === $sign ? 1 : 0 ) - ( '}' === $sign ? 1 : 0 );
			++$at;
		}
		$at += strcspn( $line, '{}"', $at );
	} while ( $depth > 0 );
	$end = strrpos( substr( $line, 0, $at ), '}' );
	return ',' === ( $line[ $end + 1 ] ?? '' ) ? substr( $line, 0, $end + 2 ) : '';
}
