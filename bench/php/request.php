<?php
/**
 * One request, timed in its parts: `?by=ours&core=…&folder=…&visitor=n` decides from the compiled ruleset, with `by=walk` the
 * ruleset is decoded and walked instead, and with `by=hand` a function written by hand is asked for the segments alone.
 * Answers a line of JSON: microseconds of each part, and what is shown.
 */

declare( strict_types=1 );

namespace Attune\Bench;

$folder  = $_GET['folder'];
$visitor = json_decode( file_get_contents( "{$folder}/visitor-{$_GET['visitor']}.json" ) );
$began = hrtime( true );
match ( $_GET['by'] ) {
	'ours' => require $_GET['core'],
	'walk' => require __DIR__ . '/walk.php',
	'hand' => require "{$folder}/by-hand.php",
};
$loaded = hrtime( true );
$parts  = match ( $_GET['by'] ) {
	'ours' => our_parts( $folder, $visitor ),
	'walk' => walk_parts( $folder, $visitor ),
	'hand' => hand_parts( $visitor ),
};

header( 'content-type: application/json' );
echo json_encode( array( 'code' => ( $loaded - $began ) / 1000 ) + $parts );

/**
 * @return array<string, mixed>
 */
function our_parts( string $folder, \stdClass $visitor ): array {
	$began    = hrtime( true );
	$compiled = require "{$folder}/compiled.php";
	$included = hrtime( true );
	$profile  = read_profile( $visitor, $compiled );
	$read     = hrtime( true );
	$bits     = \Attune\Core\consent_bits( array( 'preferences' => true ) );
	// Who renders a page for one visitor does not ask until when it holds.
	$question = new \Attune\Core\Question( $profile, $visitor->context, $bits, $visitor->now, $visitor->id, array(), isset( $_GET['timed'] ) );
	$asked    = hrtime( true );
	$decided  = \Attune\Core\decide( $compiled, $question );
	$shown    = hrtime( true );
	$segments = \Attune\Core\evaluate_segments( $compiled, $question );
	$matched  = hrtime( true );
	return array(
		'ruleset'  => ( $included - $began ) / 1000,
		'profile'  => ( $read - $included ) / 1000,
		'decide'   => ( $shown - $asked ) / 1000,
		'segments' => ( $matched - $shown ) / 1000,
		'request'  => ( $included - $began + $shown - $asked ) / 1000,
		'shown'    => array_map( static fn ( $decision ): string => $decision->variant, $decided ),
		'matching' => count( array_filter( $segments, static fn ( array $answer ): bool => true === $answer['match'] ) ),
		'opcache'  => (bool) ( opcache_get_status( false )['opcache_enabled'] ?? false ),
	);
}

/**
 * Of the token that the visitor's browser sends; without one nothing is known.
 *
 * @param array<string, mixed> $compiled Compiled.
 */
function read_profile( \stdClass $visitor, array $compiled ): \Attune\Core\Profile {
	if ( ! isset( $visitor->token ) ) {
		return \Attune\Core\empty_profile( $compiled['plan'] );
	}
	$keys  = \Attune\Core\create_seal_keys( $visitor->secret );
	$token = \Attune\Core\decode_token( $keys, 'site', $visitor->id, $compiled, $visitor->token, intdiv( $visitor->now, 1000 ) );
	return $token->profile;
}

/**
 * @return array<string, mixed>
 */
function walk_parts( string $folder, \stdClass $visitor ): array {
	$began   = hrtime( true );
	$ruleset = json_decode( file_get_contents( "{$folder}/document.json" ) );
	$decoded = hrtime( true );
	$shown   = \walk_placements( $ruleset, $visitor->context );
	$walked  = hrtime( true );
	return array(
		'decode'  => ( $decoded - $began ) / 1000,
		'walk'    => ( $walked - $decoded ) / 1000,
		'request' => ( $walked - $began ) / 1000,
		'shown'   => array_values( $shown ),
	);
}

/**
 * @return array<string, mixed>
 */
function hand_parts( \stdClass $visitor ): array {
	$began   = hrtime( true );
	$matches = \match_all( $visitor->context );
	$matched = hrtime( true );
	return array(
		'segments' => ( $matched - $began ) / 1000,
		'matching' => count( array_filter( $matches ) ),
	);
}
