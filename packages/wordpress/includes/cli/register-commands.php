<?php
/**
 * The commands of WP-CLI.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Registers them; called only where WP-CLI runs. */
function register_commands(): void {
	\WP_CLI::add_command( 'attune segment', Segment_Commands::class );
	\WP_CLI::add_command( 'attune ruleset', Ruleset_Commands::class );
	\WP_CLI::add_command( 'attune doctor', Doctor_Command::class );
}
