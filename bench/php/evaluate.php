<?php
/**
 * Both evaluators in one process, in turn: `php evaluate.php <core loader> <folder>`. Prints a line of JSON: for each round
 * the microseconds of one visitor's 100 segments, by hand and by ours.
 */

declare( strict_types=1 );

namespace Attune\Bench;

const ROUNDS      = 61;
const WARM_ROUNDS = 5;

[ , $core, $folder ] = $argv;
require $core;
require "{$folder}/by-hand.php";
$compiled  = require "{$folder}/compiled.php";
$visitors  = json_decode( file_get_contents( "{$folder}/visitors.json" ) );
$profile   = \Attune\Core\empty_profile( $compiled['plan'] );
$bits      = \Attune\Core\consent_bits( array( 'preferences' => true ) );
$by_hand = static function () use ( $visitors ): void {
	foreach ( $visitors as $context ) {
		match_all( $context );
	}
};
$ours    = static function () use ( $compiled, $visitors, $profile, $bits ): void {
	foreach ( $visitors as $context ) {
		our_answers( $compiled, $context, $profile, $bits );
	}
};

$matching = 0;
foreach ( $visitors as $at => $context ) {
	$wanted   = \match_all( $context );
	$answers  = our_answers( $compiled, $context, $profile, $bits );
	$given    = array_map( static fn ( array $answer ): bool => true === $answer['match'], array_values( $answers ) );
	$matching += count( array_filter( $wanted ) );
	if ( $given !== $wanted ) {
		fwrite( STDERR, "The two answer otherwise for visitor {$at}.\n" );
		exit( 1 );
	}
}

/** Microseconds of one visitor. */
function time_of( callable $work, int $visitors ): float {
	$began = hrtime( true );
	$work();
	return ( hrtime( true ) - $began ) / 1000 / $visitors;
}

/**
 * A question of its own each time, as each request has one: what was found out about it is not found out again.
 *
 * @param array<string, mixed> $compiled Compiled.
 * @return array<string, array{match: ?bool, until: ?int}>
 */
function our_answers( array $compiled, \stdClass $context, \Attune\Core\Profile $profile, int $bits ): array {
	$question = new \Attune\Core\Question( $profile, $context, $bits, 1_795_348_800_000, 'v' );
	return \Attune\Core\evaluate_segments( $compiled, $question );
}

function match_all( \stdClass $context ): array {
	return \match_all( $context );
}

$times = array(
	'hand' => array(),
	'ours' => array(),
);
for ( $round = -WARM_ROUNDS; $round < ROUNDS; $round++ ) {
	// The other way round every second time: who runs after whom must not matter.
	$order = 0 === $round % 2 ? array( 'hand', 'ours' ) : array( 'ours', 'hand' );
	foreach ( $order as $name ) {
		$time = time_of( 'hand' === $name ? $by_hand : $ours, count( $visitors ) );
		if ( $round >= 0 ) {
			$times[ $name ][] = $time;
		}
	}
}
echo json_encode(
	$times + array(
		'matching' => $matching / count( $visitors ) / count( $compiled['segments'] ),
		'opcache'  => (bool) ( opcache_get_status( false )['opcache_enabled'] ?? false ),
	)
), "\n";
