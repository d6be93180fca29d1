<?php
/**
 * What is asked with secrets.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Twin;

/**
 * @return array<string, mixed>
 */
function keys_of( \stdClass $asked ): array {
	return \Attune\Core\create_seal_keys( $asked->secrets );
}

/**
 * @return array<string, mixed>
 */
function seal_ask( \stdClass $asked ): array {
	return array( 'text' => \Attune\Core\seal( keys_of( $asked ), $asked->kind, $asked->binding, $asked->payload ) );
}

/**
 * @return array<string, mixed>
 */
function unseal_ask( \stdClass $asked ): array {
	return array( 'payload' => \Attune\Core\unseal( keys_of( $asked ), $asked->kind, $asked->binding, $asked->text ) );
}

/**
 * @return array<string, mixed>
 */
function sign_visitor_ask( \stdClass $asked ): array {
	return array( 'text' => \Attune\Core\sign_visitor( keys_of( $asked ), $asked->site, $asked->visitor ) );
}

/**
 * @return array<string, mixed>
 */
function read_visitor_ask( \stdClass $asked ): array {
	return array( 'visitor' => \Attune\Core\read_visitor( keys_of( $asked ), $asked->site, $asked->text ) );
}

/**
 * @return array<string, mixed>
 */
function encode_code_ask( \stdClass $asked ): array {
	$compiled = compiled_ruleset( $asked->ruleset );
	$variants = (array) $asked->variants;
	return array(
		'text' => \Attune\Core\encode_code( keys_of( $asked ), $asked->site, $compiled, $asked->route, $variants ),
	);
}

/**
 * @return array<string, mixed>
 */
function decode_code_ask( \stdClass $asked ): array {
	$compiled = compiled_ruleset( $asked->ruleset );
	$variants = \Attune\Core\decode_code( keys_of( $asked ), $asked->site, $compiled, $asked->route, $asked->text );
	return array( 'variants' => null === $variants ? null : (object) $variants );
}

/**
 * @return array<string, mixed>
 */
function issue_token_ask( \stdClass $asked ): array {
	$visit    = $asked->visit;
	$compiled = compiled_ruleset( $visit->ruleset );
	$token    = new \Attune\Core\Visitor_Token( fold_visit( $visit ), intdiv( $visit->now, 1000 ), $asked->utcOffset );
	return array(
		'text' => \Attune\Core\encode_token( keys_of( $asked ), $asked->site, $asked->visitor, $compiled, $token ),
	);
}

/**
 * @return array<string, mixed>
 */
function read_token_ask( \stdClass $asked ): array {
	$visit    = $asked->visit;
	$compiled = compiled_ruleset( $visit->ruleset );
	$seconds  = intdiv( $visit->now, 1000 );
	$keys     = keys_of( $asked );
	$token    = \Attune\Core\decode_token( $keys, $asked->site, $asked->visitor, $compiled, $asked->text, $seconds );
	if ( null === $token ) {
		return array( 'opens' => false );
	}
	$answers = \Attune\Core\evaluate_segments( $compiled, question_of( $visit, $token->profile ) );
	return array(
		'opens'     => true,
		'utcOffset' => $token->utc_offset,
		'segments'  => (object) array_map( static fn ( array $answer ): ?bool => $answer['match'], $answers ),
	);
}
