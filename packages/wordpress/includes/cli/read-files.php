<?php
/**
 * Files that somebody names on the command line.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * The text of a file, "-" for standard input.
 *
 * @throws \InvalidArgumentException When it cannot be read.
 */
function read_given_file( string $file ): string {
	$text = '' === $file ? false : @file_get_contents( '-' === $file ? 'php://stdin' : $file );
	return false === $text ? throw new \InvalidArgumentException( "The file \"$file\" cannot be read. Check the path." ) : $text;
}

/**
 * A case: who is asked about.
 *
 * @throws \InvalidArgumentException When it is no JSON object.
 */
function read_case( string $file ): \stdClass {
	$read = Core\read_json( read_given_file( $file ) );
	if ( ! $read->ok ) {
		throw new \InvalidArgumentException( "{$file}: {$read->path}: {$read->message}" );
	}
	return $read->value instanceof \stdClass ? $read->value : throw new \InvalidArgumentException( "{$file}: this is no object. Write { \"context\": { … } }." );
}
