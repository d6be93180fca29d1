<?php
/**
 * What the commands need of whoever runs them.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** A terminal. */
interface Cli_Port {

	/** Writes a line to standard output. */
	public function line( string $text ): void;

	/** Says that all went well. */
	public function success( string $text ): void;

	/** Says what is not as it should be, and goes on. */
	public function warning( string $text ): void;

	/** Says what went wrong and ends with exit code 1. */
	public function error( string $text ): never;

	/**
	 * Writes rows as `table`, `json`, `csv` or `count`.
	 *
	 * @param list<array<string, mixed>> $rows   Each with all fields.
	 * @param list<string>               $fields In order.
	 */
	public function rows( string $format, array $rows, array $fields ): void;
}

/** WP-CLI as that. */
final class Wp_Cli_Port implements Cli_Port {

	public function line( string $text ): void {
		\WP_CLI::line( $text );
	}

	public function success( string $text ): void {
		\WP_CLI::success( $text );
	}

	public function warning( string $text ): void {
		\WP_CLI::warning( $text );
	}

	public function error( string $text ): never {
		\WP_CLI::error( $text );
		exit( 1 );
	}

	public function rows( string $format, array $rows, array $fields ): void {
		\WP_CLI\Utils\format_items( $format, $rows, $fields );
	}
}
