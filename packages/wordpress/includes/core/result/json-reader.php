<?php
/**
 * The reader that knows where it is: slower than PHP's own, it says what is wrong and at which place.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The deepest nesting of lists and objects. */
const MAX_DEPTH = 64;

/** Reading stops at so many problems: a document with more is not a mistake any more. */
const MAX_PROBLEMS = 100;

// A string goes on until one of these: a quotation mark, a backslash or a control character.
const STRING_STOPS = "\"\\\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
	. "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f";

const STRING_ESCAPES = array(
	'"'  => '"',
	'\\' => '\\',
	'/'  => '/',
	'b'  => "\x08",
	'f'  => "\x0c",
	'n'  => "\n",
	'r'  => "\r",
	't'  => "\t",
);

/** Reads one text of well-formed UTF-8, which lies within the limit and has no byte-order mark. */
final class Json_Reader {
	private int $at           = 0;
	private int $problems     = 0;
	private ?Json_Result $bad = null;

	public function __construct( private readonly string $text ) {
	}

	/** The document, or its first problem. */
	public function read(): Json_Result {
		try {
			$this->space();
			$value = $this->value( '$', 0 );
			$this->space();
			if ( $this->at < strlen( $this->text ) ) {
				$this->fail( '$', 'Nothing may follow the document' );
			}
		} catch ( Syntax_Problem $stop ) {
			return $stop->problem;
		}
		return $this->bad ?? success( $value );
	}

	private function value( string $path, int $depth ): mixed {
		$letter = $this->text[ $this->at ] ?? '';
		if ( ( '{' === $letter || '[' === $letter ) && $depth >= MAX_DEPTH ) {
			return $this->too_deep( $path );
		}
		return match ( true ) {
			'{' === $letter => $this->members( $path, $depth ),
			'[' === $letter => $this->items( $path, $depth ),
			'"' === $letter => $this->string( $path ),
			$this->word( 'true' ) => true,
			$this->word( 'false' ) => false,
			$this->word( 'null' ) => null,
			default => $this->number( $path ),
		};
	}

	// What lies too deep is passed over without descending into it: brackets are counted outside strings.
	private function too_deep( string $path ): mixed {
		$message = 'Nested deeper than ' . MAX_DEPTH . ' levels. Flatten it.';
		$this->report( $path, 'too-deep', $message );
		$open = 0;
		do {
			$letter = $this->text[ $this->at ] ?? '';
			if ( '' === $letter ) {
				throw new Syntax_Problem( failure( $path, 'too-deep', $message ) );
			}
			if ( '"' === $letter ) {
				$this->string( $path );
				continue;
			}
			$open += match ( $letter ) {
				'{', '[' => 1,
				'}', ']' => -1,
				default => 0,
			};
			++$this->at;
		} while ( $open > 0 );
		return null;
	}

	private function members( string $path, int $depth ): \stdClass {
		$members = array();
		++$this->at;
		$this->space();
		if ( $this->is_next( '}' ) ) {
			return new \stdClass();
		}
		for ( ;; ) {
			if ( '"' !== ( $this->text[ $this->at ] ?? '' ) ) {
				$this->fail( $path, 'A key in double quotes is expected' );
			}
			$key   = $this->string( $path );
			$place = json_path( $path, $key );
			$this->space();
			if ( ! $this->is_next( ':' ) ) {
				$this->fail( $place, 'A colon is expected after the key' );
			}
			$this->space();
			$value = $this->value( $place, $depth + 1 );
			if ( array_key_exists( $key, $members ) ) {
				$this->report( $place, 'duplicate-key', 'The key ' . json_string( $key ) . ' stands twice. Keep one.' );
			} else {
				$members[ $key ] = $value;
			}
			$this->space();
			if ( $this->is_next( '}' ) ) {
				return object_of( $members );
			}
			if ( ! $this->is_next( ',' ) ) {
				$this->fail( $place, 'A comma or } is expected' );
			}
			$this->space();
		}
	}

	private function items( string $path, int $depth ): array {
		$items = array();
		++$this->at;
		$this->space();
		if ( $this->is_next( ']' ) ) {
			return $items;
		}
		for ( ;; ) {
			$place   = json_path( $path, count( $items ) );
			$items[] = $this->value( $place, $depth + 1 );
			$this->space();
			if ( $this->is_next( ']' ) ) {
				return $items;
			}
			if ( ! $this->is_next( ',' ) ) {
				$this->fail( $place, 'A comma or ] is expected' );
			}
			$this->space();
		}
	}

	private function string( string $path ): string {
		$result = '';
		++$this->at;
		for ( ;; ) {
			$plain     = strcspn( $this->text, STRING_STOPS, $this->at );
			$result   .= substr( $this->text, $this->at, $plain );
			$this->at += $plain;
			$letter    = $this->text[ $this->at ] ?? '';
			if ( '"' === $letter ) {
				break;
			}
			if ( '\\' !== $letter ) {
				$this->fail( $path, '' === $letter ? 'A string is not closed' : 'A control character stands bare in a string' );
			}
			$this->escape( $path, $result );
		}
		++$this->at;
		// In UTF-8 an ED never stands before such a byte; only an escaped surrogate that found no other half does.
		if ( 1 === preg_match( '/\xED[\xA0-\xBF]/', $result ) ) {
			$this->report( $path, 'lone-surrogate', 'A lone surrogate is not text. Remove it.' );
		}
		return $result;
	}

	private function escape( string $path, string &$result ): void {
		$letter = $this->text[ $this->at + 1 ] ?? '';
		if ( 'u' !== $letter ) {
			$result   .= STRING_ESCAPES[ $letter ] ?? $this->fail( $path, 'Unknown escape in a string' );
			$this->at += 2;
			return;
		}
		$hex = substr( $this->text, $this->at + 2, 4 );
		if ( 1 !== preg_match( '/\A[0-9a-fA-F]{4}\z/', $hex ) ) {
			$this->fail( $path, 'Four hexadecimal digits are expected after \u' );
		}
		$this->at += 6;
		$unit      = (int) hexdec( $hex );
		$before    = substr( $result, -3 );
		if ( 0xdc00 === ( $unit & 0xfc00 ) && 1 === preg_match( '/\A\xED[\xA0-\xAF]/', $before ) ) {
			$result = substr( $result, 0, -3 ) . pair_bytes( unit_of( $before ), $unit );
			return;
		}
		$result .= unit_bytes( $unit );
	}

	private function number( string $path ): int|float {
		$pattern = '/\G-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?/';
		if ( 1 !== preg_match( $pattern, $this->text, $found, 0, $this->at ) ) {
			$this->fail( $path, 'A JSON value is expected' );
		}
		$this->at += strlen( $found[0] );
		$value     = (float) $found[0];
		if ( ! settle_numbers( $value ) ) {
			$this->report( $path, 'number-range', substr( $found[0], 0, 40 ) . ' lies beyond ±(2^53 − 1). Send it as text.' );
			return 0;
		}
		return $value;
	}

	private function word( string $word ): bool {
		if ( 0 !== substr_compare( $this->text, $word, $this->at, strlen( $word ) ) ) {
			return false;
		}
		$this->at += strlen( $word );
		return true;
	}

	private function is_next( string $letter ): bool {
		if ( $letter !== ( $this->text[ $this->at ] ?? '' ) ) {
			return false;
		}
		++$this->at;
		return true;
	}

	private function space(): void {
		$this->at += strspn( $this->text, " \n\r\t", $this->at );
	}

	private function report( string $path, string $code, string $message ): void {
		$this->bad ??= failure( $path, $code, $message );
		if ( ++$this->problems >= MAX_PROBLEMS ) {
			$much = MAX_PROBLEMS . ' problems so far. Mend them first.';
			throw new Syntax_Problem( failure( $path, 'too-many-problems', $much ) );
		}
	}

	private function fail( string $path, string $what ): never {
		$place = place_in( $this->text, $this->at );
		$cure  = cure_at( $this->text, $this->at );
		throw new Syntax_Problem( failure( $path, 'not-json', "{$what} ({$place}). {$cure}" ) );
	}
}
