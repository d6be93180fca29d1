<?php
/**
 * The ruleset as it is given out to other hosts.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The option that keeps what was last given out; not autoloaded. */
const PUBLIC_OPTION = 'attune_public';
/** Seconds after which it is made anew in any case. */
const PUBLIC_SECONDS = 300;

/** What GET /ruleset answers. */
final class Given_Ruleset {
	/**
	 * Made by public_ruleset() and browser_ruleset().
	 *
	 * @param string $body JSON.
	 * @param string $etag SHA-256 of the body, hex.
	 */
	public function __construct( public readonly string $body, public readonly string $etag ) {}
}

/**
 * The ruleset in force without its document and its confidential segments, with the placements of published posts. Null when
 * there is none.
 *
 * Its revision is the one that was published, `+`, and since when it has been given out like this.
 */
function public_ruleset(): ?Given_Ruleset {
	$in_force = load_ruleset();
	if ( null === $in_force ) {
		return null;
	}
	$kept    = get_option( PUBLIC_OPTION );
	$changed = is_array( $kept ) ? ( $kept['changed'] ?? '' ) : '';
	$is_new  = is_array( $kept ) && ( $kept['hash'] ?? '' ) === $in_force['hash'] . MADE_BY && ( $kept['time'] ?? 0 ) > time() - PUBLIC_SECONDS;
	if ( $is_new && is_string( $kept['body'] ?? null ) ) {
		return new Given_Ruleset( $kept['body'], $kept['etag'] );
	}
	$body  = build_public_ruleset();
	$given = new Given_Ruleset( $body, hash( 'sha256', $body ) );
	$later = get_option( PUBLIC_OPTION );
	// A post that was saved meanwhile is not in it: the next one makes it anew.
	if ( $changed === ( is_array( $later ) ? ( $later['changed'] ?? '' ) : '' ) ) {
		update_option(
			PUBLIC_OPTION,
			array(
				'hash'    => $in_force['hash'] . MADE_BY,
				'time'    => time(),
				'changed' => $changed,
				'body'    => $given->body,
				'etag'    => $given->etag,
			),
			false
		);
	}
	return $given;
}

/** A post or the ruleset changed: what is given out is made anew. */
function forget_public_ruleset(): void {
	update_option( PUBLIC_OPTION, array( 'changed' => bin2hex( random_bytes( 8 ) ) ), false );
}

/** Makes it. */
function build_public_ruleset(): string {
	$in_force     = ruleset_option();
	$confidential = settings()['confidential'];
	$ruleset      = read_published( kept_json( $in_force['post'] ) );
	$budget       = $ruleset->document->budget ?? DEFAULT_BUDGET;
	unset( $ruleset->document );
	$ruleset = without_segments( $ruleset, $confidential );
	$ruleset = add_placements( $ruleset, public_placements(), $confidential, is_int( $budget ) ? $budget : DEFAULT_BUDGET );
	$ruleset->revision = given_revision( $ruleset, $in_force['hash'] );
	return Core\json_text( $ruleset );
}

/**
 * The revision of what is given out: a new one whenever it differs from what was given out last, and never one that was in force
 * before. Whoever reads it refuses to go back, yet editors undo and owners restore.
 *
 * @param string $hash Of the ruleset in force.
 */
function given_revision( \stdClass $ruleset, string $hash ): string {
	$known = get_option( PUBLIC_REVISION_OPTION );
	$known = is_array( $known ) ? $known : array();
	$of    = hash( 'sha256', Core\json_text( $ruleset ) );
	if ( ( $known['of'] ?? '' ) === $of && ( $known['hash'] ?? '' ) === $hash ) {
		return $known['revision'];
	}
	// Seconds, so that it goes on rising where the option was lost.
	$at       = max( time(), ( $known['at'] ?? 0 ) + 1 );
	$revision = mb_substr( $ruleset->revision, 0, 55 ) . '+' . base_convert( (string) $at, 10, 36 );
	update_option( PUBLIC_REVISION_OPTION, compact( 'revision', 'hash', 'of', 'at' ), true );
	return $revision;
}

/**
 * What a browser needs to keep `attune_k`: `{ hash, keys, ruleset }`. The same bytes for the same hash.
 */
function browser_ruleset(): ?Given_Ruleset {
	$in_force = load_ruleset();
	if ( null === $in_force ) {
		return null;
	}
	$ruleset = read_published( kept_json( ruleset_option()['post'] ) );
	unset( $ruleset->document );
	$body = Core\json_text(
		(object) array(
			'hash'    => $in_force['hash'],
			'keys'    => $in_force['key_segments'],
			'ruleset' => without_segments( $ruleset, settings()['confidential'] ),
		)
	);
	return new Given_Ruleset( $body, hash( 'sha256', $body ) );
}
