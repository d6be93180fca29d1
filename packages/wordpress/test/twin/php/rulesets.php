<?php
/**
 * Rulesets, each read and compiled once, as a host does: nothing of one question may stay for the next.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Twin;

/**
 * The compiled ruleset of a published document's text.
 *
 * @return array<string, mixed>
 */
function compiled_ruleset( string $text ): array {
	static $known = array();
	$known[ $text ] ??= compile_text( $text );
	return $known[ $text ];
}

/**
 * @return array<string, mixed>
 */
function compile_text( string $text ): array {
	$read = \Attune\Core\read_json( $text );
	if ( ! $read->ok ) {
		throw new \InvalidArgumentException( "the ruleset: {$read->code} at {$read->path}: {$read->message}" );
	}
	return through_a_file( \Attune\Core\compile_ruleset( $read->value ) );
}

/**
 * As a host keeps it: written as a PHP file and included again.
 *
 * @param array<string, mixed> $compiled Compiled.
 * @return array<string, mixed>
 */
function through_a_file( array $compiled ): array {
	$file = tempnam( sys_get_temp_dir(), 'attune' );
	file_put_contents( $file, '<?php return ' . \Attune\php_text( $compiled ) . ';' );
	$again = include $file;
	unlink( $file );
	return $again;
}
