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
 * The ruleset in force without its document and without the names of confidential segments, with the placements of published
 * posts. Null when there is none.
 *
 * Its revision is the one that was published, `+`, and since when it has been given out like this.
 *
 * @param bool $is_reader Whether a host asks that shares our secret: of confidential segments nobody else learns anything.
 */
function public_ruleset( bool $is_reader = false ): ?Given_Ruleset {
	$in_force = load_ruleset();
	if ( null === $in_force ) {
		return null;
	}
	$kept    = get_option( PUBLIC_OPTION );
	$changed = is_array( $kept ) ? ( $kept['changed'] ?? '' ) : '';
	$is_new  = is_array( $kept ) && ( $kept['hash'] ?? '' ) === $in_force['hash'] . MADE_BY && ( $kept['time'] ?? 0 ) > time() - PUBLIC_SECONDS;
	$bodies  = $is_new && is_array( $kept['bodies'] ?? null ) ? $kept['bodies'] : null;
	if ( null === $bodies ) {
		$bodies = build_public_rulesets( $in_force['confidential'] );
		$later  = get_option( PUBLIC_OPTION );
		// A post that was saved meanwhile is not in it: the next one makes it anew.
		if ( $changed === ( is_array( $later ) ? ( $later['changed'] ?? '' ) : '' ) ) {
			update_option(
				PUBLIC_OPTION,
				array(
					'hash'    => $in_force['hash'] . MADE_BY,
					'time'    => time(),
					'changed' => $changed,
					'bodies'  => $bodies,
				),
				false
			);
		}
	}
	$body = $bodies[ $is_reader ? 0 : count( $bodies ) - 1 ];
	return new Given_Ruleset( $body, hash( 'sha256', $body ) );
}

/** A post or the ruleset changed: what is given out is made anew. */
function forget_public_ruleset(): void {
	update_option( PUBLIC_OPTION, array( 'changed' => bin2hex( random_bytes( 8 ) ) ), false );
}

/**
 * Makes it for hosts that share our secret and, where that is another, for everybody else.
 *
 * @param list<string> $confidential Segments.
 * @return non-empty-list<string> JSON.
 */
function build_public_rulesets( array $confidential ): array {
	$whole           = public_form( static fn ( \stdClass $ruleset ): \stdClass => without_segments( $ruleset, $confidential ), $confidential );
	$whole->revision = given_revision( $whole, ruleset_option()['hash'] );
	$bodies          = array( Core\json_text( $whole ) );
	if ( array() !== $confidential ) {
		$open           = public_form( static fn ( \stdClass $ruleset ): \stdClass => without_confidential( $ruleset, $confidential ), $confidential );
		$open->revision = $whole->revision;
		$bodies[]       = Core\json_text( $open );
	}
	return $bodies;
}

/**
 * What is left of the ruleset in force, with the placements of posts.
 *
 * @param callable( \stdClass ): \stdClass $leave_out    Is handed the ruleset as it was published.
 * @param list<string>                     $confidential Segments.
 */
function public_form( callable $leave_out, array $confidential ): \stdClass {
	$ruleset = read_published( kept_json( ruleset_option()['post'] ) );
	$budget  = $ruleset->document->budget ?? DEFAULT_BUDGET;
	unset( $ruleset->document );
	return add_placements( $leave_out( $ruleset ), public_placements(), $confidential, is_int( $budget ) ? $budget : DEFAULT_BUDGET );
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
	$traits  = (array) ( $ruleset->document->traits ?? array() );
	unset( $ruleset->document );
	$open = without_confidential( $ruleset, $in_force['confidential'] );
	// A browser that keeps the profile believes of traits what is declared.
	$asked = array_intersect_key( $traits, traits_asked_for( $open->nodes ) );
	if ( array() !== $asked ) {
		$open->document = (object) array( 'traits' => (object) $asked );
	}
	$body = Core\json_text(
		(object) array(
			'hash'    => $in_force['hash'],
			'keys'    => $in_force['key_segments'],
			'ruleset' => $open,
		)
	);
	return new Given_Ruleset( $body, hash( 'sha256', $body ) );
}

/**
 * The traits that conditions look at.
 *
 * @param list<\stdClass> $nodes Published nodes.
 * @return array<string, true> By name.
 */
function traits_asked_for( array $nodes ): array {
	$names = array();
	foreach ( $nodes as $node ) {
		if ( 'attr' === $node->op && str_starts_with( $node->path, 'trait.' ) ) {
			$names[ substr( $node->path, strlen( 'trait.' ) ) ] = true;
		}
	}
	return $names;
}
