<?php
/**
 * `wp attune segment list|get|import|export|test`.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Works with the segments of the ruleset in force. */
final class Segment_Commands {

	public function __construct( private readonly Cli_Port $terminal = new Wp_Cli_Port() ) {}

	/**
	 * Lists the segments.
	 *
	 * ## OPTIONS
	 *
	 * [--format=<format>]
	 * : table, json, csv or count.
	 * ---
	 * default: table
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     wp attune segment list --format=json
	 *
	 * @subcommand list
	 *
	 * @param list<string>          $args    None.
	 * @param array<string, string> $options See above.
	 */
	public function list_( array $args, array $options ): void {
		$this->terminal->rows( $options['format'] ?? 'table', answer_segments()->get_data(), array( 'key', 'label', 'scope', 'confidential', 'usage' ) );
	}

	/**
	 * Shows one segment: its condition, and where it is used.
	 *
	 * ## OPTIONS
	 *
	 * <key>
	 * : The segment.
	 *
	 * ## EXAMPLES
	 *
	 *     wp attune segment get returning
	 *
	 * @param list<string> $args The key.
	 */
	public function get( array $args ): void {
		$key = $this->known( $args[0] ?? '' );
		$this->terminal->line(
			Core\json_text(
				(object) array(
					'key'          => $key,
					'label'        => segment_label( $key ),
					'scope'        => load_ruleset()['scopes'][ $key ],
					'confidential' => is_confidential( $key ),
					'when'         => kept_document()->segments->{$key}->when ?? null,
					'posts'        => posts_using_segment( $key ),
					'experiences'  => experiences_using( $key ),
				)
			)
		);
	}

	/**
	 * Writes the published ruleset, its document included.
	 *
	 * ## OPTIONS
	 *
	 * [<file>]
	 * : Where to; standard output when left out.
	 *
	 * ## EXAMPLES
	 *
	 *     wp attune segment export ruleset.published.json
	 *
	 * @param list<string> $args The file.
	 */
	public function export( array $args ): void {
		$in_force = ruleset_option() ?? $this->terminal->error( 'No ruleset is published on this site. Publish one, or run: wp attune segment import <file>' );
		$json     = kept_json( $in_force['post'] );
		if ( ! isset( $args[0] ) ) {
			$this->terminal->line( $json );
		} elseif ( false === @file_put_contents( $args[0], $json . "\n" ) ) {
			$this->terminal->error( "The file {$args[0]} cannot be written. Check the folder." );
		} else {
			$this->terminal->success( "Revision {$in_force['revision']} written to {$args[0]}." );
		}
	}

	/**
	 * Publishes a ruleset from a file.
	 *
	 * ## OPTIONS
	 *
	 * <file>
	 * : A published ruleset: what `attune publish` wrote, or `wp attune segment export`.
	 *
	 * ## EXAMPLES
	 *
	 *     attune publish ruleset.json --out ruleset.published.json
	 *     wp attune segment import ruleset.published.json
	 *
	 * @param list<string> $args The file.
	 */
	public function import( array $args ): void {
		if ( 'url' === settings()['source'] ) {
			$this->terminal->error( 'This site reads its ruleset from ' . settings()['source_url'] . '. Publish there, or change the source in the settings.' );
		}
		try {
			$publication = publish_ruleset( read_given_file( $args[0] ?? '' ), get_current_user_id() );
		} catch ( \InvalidArgumentException | \RuntimeException $error ) {
			$this->terminal->error( $error->getMessage() );
		}
		if ( ! $publication->file ) {
			$this->terminal->warning( 'The compiled ruleset could not be written to ' . compiled_dir() . '; it is kept in the database.' );
		}
		$this->terminal->success( "Revision {$publication->revision} is in force, hash {$publication->hash}." );
	}

	/**
	 * Tells who is in which segment.
	 *
	 * ## OPTIONS
	 *
	 * [<key>...]
	 * : The segments; all when left out.
	 *
	 * [--case=<file>]
	 * : JSON: { profile, context, consent, visitor, now }, each may be left out. "-" reads standard input.
	 *
	 * [--format=<format>]
	 * : table, json or csv.
	 * ---
	 * default: table
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     echo '{"context":{"geo":{"country":"DE"}}}' | wp attune segment test germany --case=-
	 *
	 * @param list<string>          $args    Keys.
	 * @param array<string, string> $options See above.
	 */
	public function test( array $args, array $options ): void {
		$ruleset = load_ruleset() ?? $this->terminal->error( 'No sound ruleset is published on this site. Run: wp attune doctor' );
		$keys    = array_map( $this->known( ... ), $args );
		try {
			$asked = isset( $options['case'] ) ? read_case( $options['case'] ) : new \stdClass();
			$found = Core\evaluate_segments( $ruleset, question_of( $asked, $ruleset ), array() === $keys ? null : $keys );
		} catch ( \InvalidArgumentException $error ) {
			$this->terminal->error( $error->getMessage() );
		}
		$rows = array();
		foreach ( $found as $segment => $answer ) {
			$rows[] = array(
				'segment' => (string) $segment,
				'match'   => null === $answer['match'] ? 'unknown' : ( $answer['match'] ? 'yes' : 'no' ),
				'until'   => null === $answer['until'] ? '' : gmdate( 'Y-m-d\TH:i:s\Z', intdiv( $answer['until'], 1000 ) ),
			);
		}
		$this->terminal->rows( $options['format'] ?? 'table', $rows, array( 'segment', 'match', 'until' ) );
	}

	/** The key of a segment that there is. */
	private function known( string $key ): string {
		return segment_exists( $key ) ? $key : $this->terminal->error( "There is no segment \"$key\". Run: wp attune segment list" );
	}
}
