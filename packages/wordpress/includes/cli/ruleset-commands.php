<?php
/**
 * `wp attune ruleset verify` and `wp attune doctor`.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Works with rulesets. */
final class Ruleset_Commands {

	public function __construct( private readonly Cli_Port $terminal = new Wp_Cli_Port() ) {}

	/**
	 * Checks the ruleset in force, or a file: that it is sound, and that pages are decided by what was published.
	 *
	 * ## OPTIONS
	 *
	 * [<file>]
	 * : A published ruleset; the one in force when left out.
	 *
	 * [--signature=<signature>]
	 * : The value of its Attune-Signature header, to be checked with ATTUNE_SECRET.
	 *
	 * ## EXAMPLES
	 *
	 *     wp attune ruleset verify
	 *
	 * @param list<string>          $args    The file.
	 * @param array<string, string> $options See above.
	 */
	public function verify( array $args, array $options ): void {
		try {
			$json = isset( $args[0] ) ? read_given_file( $args[0] ) : $this->in_force();
			if ( isset( $options['signature'] ) && ! is_signed( $json, $options['signature'] ) ) {
				$this->terminal->error( 'The signature is not by one of the secrets of this site. Set the same ATTUNE_SECRET on both sides.' );
			}
			$ruleset = prepare_ruleset( isset( $args[0] ) ? storable_json( $json ) : $json, settings()['confidential'] );
		} catch ( \InvalidArgumentException $error ) {
			$this->terminal->error( $error->getMessage() );
		}
		if ( ! isset( $args[0] ) && load_ruleset() !== $ruleset ) {
			$this->terminal->error( 'What pages are decided by differs from what was published. Publish the ruleset again.' );
		}
		$this->terminal->success( sprintf( 'Revision %s is sound: %d segments, %d placements, hash %s.', $ruleset['revision'], count( $ruleset['segments'] ), count( $ruleset['placements'] ), $ruleset['hash'] ) );
	}

	/** The JSON in force. */
	private function in_force(): string {
		return kept_json( ( ruleset_option() ?? $this->terminal->error( 'No ruleset is published on this site. Run: wp attune segment import <file>' ) )['post'] );
	}
}

/** Looks the installation over. */
final class Doctor_Command {

	public function __construct( private readonly Cli_Port $terminal = new Wp_Cli_Port() ) {}

	/**
	 * Says what is wrong with the installation and how to cure it. Ends with exit code 1 when something is critical.
	 *
	 * ## OPTIONS
	 *
	 * [--format=<format>]
	 * : table, json or csv.
	 * ---
	 * default: table
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     wp attune doctor
	 *
	 * @param list<string>          $args    None.
	 * @param array<string, string> $options See above.
	 */
	public function __invoke( array $args, array $options ): void {
		$rows = array();
		foreach ( checks() as $look ) {
			$rows[] = (array) $look();
		}
		$this->terminal->rows( $options['format'] ?? 'table', $rows, array( 'id', 'status', 'label', 'text' ) );
		$critical = count( array_filter( $rows, static fn ( array $row ): bool => 'critical' === $row['status'] ) );
		if ( $critical > 0 ) {
			$this->terminal->error( "$critical of " . count( $rows ) . ' checks found something critical.' );
		}
		$this->terminal->success( 'Nothing critical was found.' );
	}
}
