<?php
/**
 * Answers lines of JSON with the plugin's core: each line asks something (`ask`), and gets a line. A line that cannot be
 * answered gets `{"error": …}`, and the run goes on.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Twin;

// A warning in the core is as wrong as a wrong answer.
set_error_handler(
	static function ( int $level, string $message, string $file, int $line ): never {
		throw new \ErrorException( $message, 0, $level, $file, $line );
	}
);

require dirname( __DIR__, 3 ) . '/includes/core/load.php';
require dirname( __DIR__, 3 ) . '/includes/ruleset/compiled-file.php';
require __DIR__ . '/rulesets.php';
require __DIR__ . '/visits.php';
require __DIR__ . '/plain-asks.php';
require __DIR__ . '/code-asks.php';
require __DIR__ . '/visit-asks.php';
require __DIR__ . '/chance-asks.php';

/** Long enough for a ruleset and a history; documents themselves come as text and are read with the limit of hosts. */
const MAX_LINE = 64 * 1024 * 1024;

/**
 * The answer to one line.
 */
function answer_line( string $line ): string {
	try {
		$read = \Attune\Core\read_json( rtrim( $line, "\n" ), MAX_LINE );
		if ( ! $read->ok ) {
			throw new \InvalidArgumentException( "{$read->code} at {$read->path}: {$read->message}" );
		}
		return \Attune\Core\json_text( answer( $read->value ) );
	} catch ( \Throwable $error ) {
		return \Attune\Core\json_text( (object) array( 'error' => (string) $error ) );
	}
}

/**
 * @return \stdClass|array<string, mixed>
 */
function answer( \stdClass $asked ): \stdClass|array {
	return match ( $asked->ask ) {
		'read-json'    => read_json_ask( $asked ),
		'instant'      => array( 'seconds' => \Attune\Core\parse_instant( $asked->text ) ),
		'duration'     => array( 'seconds' => \Attune\Core\parse_duration( $asked->text ) ),
		'session'      => array( 'session' => \Attune\Core\read_session( $asked->cookie, $asked->now ) ),
		'hash'         => array( 'hash' => \Attune\Core\murmur3( $asked->text, $asked->seed ) ),
		'bucket'       => array( 'bucket' => \Attune\Core\bucket_of( $asked->visitor, $asked->key ) ),
		'cut'          => cut_ask( $asked ),
		'seal'         => seal_ask( $asked ),
		'unseal'       => unseal_ask( $asked ),
		'sign-visitor' => sign_visitor_ask( $asked ),
		'read-visitor' => read_visitor_ask( $asked ),
		'encode-code'  => encode_code_ask( $asked ),
		'decode-code'  => decode_code_ask( $asked ),
		'issue-token'  => issue_token_ask( $asked ),
		'read-token'   => read_token_ask( $asked ),
		'segment'      => segment_ask( $asked ),
		'kept'         => kept_ask( $asked ),
		'merged'       => merged_ask( $asked ),
		'decide'       => decide_ask( $asked ),
		'rulesets'     => rulesets_ask( $asked ),
		'visitor'      => visitor_ask( $asked ),
		'question'     => question_ask( $asked ),
	};
}

while ( false !== ( $line = fgets( STDIN ) ) ) {
	fwrite( STDOUT, answer_line( $line ) . "\n" );
}
