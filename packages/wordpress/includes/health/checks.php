<?php
/**
 * What may be wrong with an installation: asked by Site Health and by `wp attune doctor`.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** One thing that was looked at. */
final class Check {
	/**
	 * Made by the check_* functions.
	 *
	 * @param string $id     Stable name.
	 * @param string $status `good`, `recommended` (should be better) or `critical`.
	 * @param string $label  What is so.
	 * @param string $text   What that means, and the cure.
	 */
	public function __construct(
		public readonly string $id,
		public readonly string $status,
		public readonly string $label,
		public readonly string $text,
	) {}
}

/**
 * Everything that is looked at.
 *
 * @return array<string, callable(): Check> Id → what looks.
 */
function checks(): array {
	return array(
		'ruleset' => check_ruleset( ... ),
		'source'  => check_source( ... ),
		'secret'  => check_secret( ... ),
		'cache'   => check_cache( ... ),
		'consent' => check_consent( ... ),
		'session' => check_session( ... ),
		'cron'    => check_cron( ... ),
	);
}

/** Whether a ruleset is in force, and from where it is read. */
function check_ruleset(): Check {
	$in_force = ruleset_option();
	if ( null === $in_force ) {
		return new Check( 'ruleset', 'recommended', __( 'No ruleset is published', 'attune' ), __( 'Every placement shows its default. Publish segments in Attune → Segments, or read a ruleset from an address in the settings.', 'attune' ) );
	}
	if ( null === load_ruleset() ) {
		return new Check( 'ruleset', 'critical', __( 'The published ruleset is damaged', 'attune' ), __( 'Every placement shows its default. Publish the ruleset again, or restore an earlier one from its history.', 'attune' ) );
	}
	if ( ! ruleset_option()['file'] ) {
		return new Check(
			'ruleset',
			'recommended',
			__( 'The ruleset is read from the database', 'attune' ),
			/* translators: %s: path of a folder. */
			sprintf( __( 'The folder %s cannot be written to, so every page takes a little longer. Let the web server write there, or choose another folder with the filter attune_cache_dir.', 'attune' ), compiled_dir() )
		);
	}
	/* translators: %s: name of a revision. */
	return new Check( 'ruleset', 'good', sprintf( __( 'Revision %s decides what visitors see', 'attune' ), $in_force['revision'] ), __( 'It is kept as a PHP file that no request reads twice.', 'attune' ) );
}

/** Whether the ruleset of another host still comes. */
function check_source(): Check {
	$state = source_state( time() );
	switch ( $state['state'] ) {
		case 'here':
			return new Check( 'source', 'good', __( 'The ruleset is published on this site', 'attune' ), __( 'Nothing has to be fetched.', 'attune' ) );
		case 'fresh':
			/* translators: %d: number of seconds. */
			return new Check( 'source', 'good', __( 'The ruleset of the other site is fresh', 'attune' ), sprintf( __( 'It was last heard %d seconds ago.', 'attune' ), $state['age'] ) );
		default:
			$label = 'none' === $state['state'] ? __( 'The ruleset of the other site was never read', 'attune' ) : __( 'The ruleset of the other site is stale', 'attune' );
			return new Check( 'source', 'none' === $state['state'] ? 'critical' : 'recommended', $label, '' === $state['trouble'] ? __( 'See that WordPress runs its timed events (wp-cron).', 'attune' ) : $state['trouble'] );
	}
}

/** Whether what is signed can be forged. */
function check_secret(): Check {
	$stated = stated_secrets();
	$short  = array_filter( $stated, static fn ( string $secret ): bool => strlen( $secret ) < MIN_SECRET );
	if ( array() !== $short ) {
		/* translators: %d: number of characters. */
		return new Check( 'secret', 'critical', __( 'ATTUNE_SECRET is too short', 'attune' ), sprintf( __( 'A secret has at least %d characters; a shorter one is not used. Make one with: openssl rand -base64 33', 'attune' ), MIN_SECRET ) );
	}
	if ( array() === $stated && '' !== settings()['collector'] . settings()['source_url'] ) {
		return new Check( 'secret', 'critical', __( 'ATTUNE_SECRET is not set', 'attune' ), __( 'What another host signs cannot be read here. Give both the same secret: define ATTUNE_SECRET in wp-config.php.', 'attune' ) );
	}
	return new Check( 'secret', 'good', __( 'Tokens and links are signed', 'attune' ), array() === $stated ? __( 'With a secret of this site alone.', 'attune' ) : __( 'With the secret that is set for this site.', 'attune' ) );
}

/** Which page caches there are, and whether one of them is unknown. */
function check_cache(): Check {
	$caches = active_caches();
	if ( array() !== $caches ) {
		$names = cache_adapter()->name();
		$is    = caches_key_on_segments()
			? __( 'It keeps a page for each combination of segments: those pages are decided on the server.', 'attune' )
			: __( 'It keeps one page for everybody: what fits is chosen in the browser before anything is painted.', 'attune' );
		/* translators: %s: names of page caches. */
		return new Check( 'cache', 'good', sprintf( __( 'Page cache: %s', 'attune' ), $names ), $is );
	}
	if ( 'none' === settings()['page_cache'] ) {
		$is_kept = defined( 'WP_CACHE' ) && WP_CACHE;
		return $is_kept
			? new Check( 'cache', 'critical', __( 'The settings say that there is no page cache, and there is one', 'attune' ), __( 'WP_CACHE is set. A cache could show one visitor what was made for another: set the page cache to "auto" in Attune → Settings.', 'attune' ) )
			: new Check( 'cache', 'good', __( 'No page cache, as the settings say', 'attune' ), __( 'Pages are decided on the server for each visitor.', 'attune' ) );
	}
	return new Check( 'cache', 'good', __( 'No known page cache', 'attune' ), __( 'Pages are made so that any cache may keep them. When there is none at all, say so in Attune → Settings: pages are then decided on the server.', 'attune' ) );
}

/** Whether somebody asks visitors for consent. */
function check_consent(): Check {
	if ( function_exists( 'wp_has_consent' ) ) {
		return new Check( 'consent', 'good', __( 'Consent comes from the WP Consent API', 'attune' ), __( 'What visitors allow in your consent banner holds here.', 'attune' ) );
	}
	if ( settings()['explicit_consent'] ) {
		return new Check( 'consent', 'recommended', __( 'No consent banner was found', 'attune' ), __( 'Without a yes nothing is remembered, so conditions on behaviour match nobody. Use a consent banner that speaks the WP Consent API, or call attune.consent() from your own. WordPress cannot see one of your own: if it does, all is well.', 'attune' ) );
	}
	return new Check( 'consent', 'recommended', __( 'Visitors are remembered without being asked', 'attune' ), __( 'The setting "explicit consent" is off. Make sure that the law where your visitors live allows it.', 'attune' ) );
}

/** Whether another plugin starts sessions, which keeps pages out of every cache. */
function check_session(): Check {
	return PHP_SESSION_ACTIVE === session_status()
		? new Check( 'session', 'recommended', __( 'A plugin starts PHP sessions', 'attune' ), __( 'Pages with a session are kept by no cache. Find the plugin that calls session_start() and replace it.', 'attune' ) )
		: new Check( 'session', 'good', __( 'No PHP sessions', 'attune' ), __( 'Pages may be cached.', 'attune' ) );
}

/** Whether timed work is on the clock. */
function check_cron(): Check {
	$next = wp_next_scheduled( 'attune_sweep' );
	if ( false === $next ) {
		return new Check( 'cron', 'recommended', __( 'Old data is not removed', 'attune' ), __( 'The daily event is missing. Deactivate and activate the plugin once.', 'attune' ) );
	}
	return $next < time() - 2 * DAY_IN_SECONDS
		? new Check( 'cron', 'recommended', __( 'Timed events do not run', 'attune' ), __( 'The daily event is overdue by more than two days. Let your server call wp-cron.php, or `wp cron event run --due-now`.', 'attune' ) )
		: new Check( 'cron', 'good', __( 'Old data is removed daily', 'attune' ), __( 'The daily event is on the clock.', 'attune' ) );
}
