<?php
/**
 * The ruleset that this request is decided by.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The option that holds the compiled form where no file can be written; not autoloaded. */
const COMPILED_OPTION = 'attune_compiled';

/** What this request loaded already, per site of a network. */
final class Loaded_Rulesets {
	/** @var array<int, array<string, mixed>|null> */
	private static array $by_site = array();

	/**
	 * The ruleset of the current site, loaded once.
	 *
	 * @return array<string, mixed>|null
	 */
	public static function current(): ?array {
		$site = get_current_blog_id();
		if ( ! array_key_exists( $site, self::$by_site ) ) {
			self::$by_site[ $site ] = find_ruleset();
		}
		return self::$by_site[ $site ];
	}

	/** Forgets what the current site was decided by: another one is in force. */
	public static function forget(): void {
		unset( self::$by_site[ get_current_blog_id() ] );
	}
}

/**
 * The compiled ruleset in force: see prepare_ruleset() and Core\compile_ruleset() for its members. Null when none was
 * published or it is damaged: every placement shows its default then. On a warm site this reads no database and no file.
 *
 * @return array<string, mixed>|null
 */
function load_ruleset(): ?array {
	return Loaded_Rulesets::current();
}

/**
 * Finds the compiled ruleset: the file, the option, or anew from what is kept (a cache folder may be emptied any time).
 *
 * @return array<string, mixed>|null
 */
function find_ruleset(): ?array {
	$in_force = ruleset_option();
	if ( null === $in_force ) {
		return null;
	}
	if ( $in_force['file'] ) {
		$ruleset = read_compiled( $in_force['hash'] );
	} else {
		$kept    = get_option( COMPILED_OPTION );
		$is_ours = is_array( $kept ) && ( $kept['hash'] ?? '' ) === $in_force['hash'] && MADE_BY === ( $kept['made'] ?? '' );
		$ruleset = $is_ours ? $kept : null;
	}
	if ( null === $ruleset ) {
		load_room( 'ruleset/publish' );
		$ruleset = prepare_again();
	}
	return $ruleset;
}
