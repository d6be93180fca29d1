<?php
/**
 * The secrets that tokens, links and codes are signed with.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The option that keeps the secret which the plugin made for itself; autoloaded once a page needed it. */
const SECRET_OPTION = 'attune_secret';

/** The fewest characters of a secret, as core asks for. */
const MIN_SECRET = 32;

/**
 * The live secrets, the newest first: the constant or the environment variable ATTUNE_SECRET (several with commas),
 * else the one made at activation. Those shorter than 32 characters are no secrets and are left out; Site Health says so.
 *
 * @return non-empty-list<string>
 */
function secrets(): array {
	$stated = array_values( array_filter( stated_secrets(), static fn ( string $secret ): bool => strlen( $secret ) >= MIN_SECRET ) );
	return array() === $stated ? array( kept_secret() ) : $stated;
}

/**
 * What the constant or the environment says, too short ones included.
 *
 * @return list<string>
 */
function stated_secrets(): array {
	$stated = defined( 'ATTUNE_SECRET' ) ? constant( 'ATTUNE_SECRET' ) : getenv( 'ATTUNE_SECRET' );
	$list   = is_string( $stated ) ? array_map( 'trim', explode( ',', $stated ) ) : array();
	return array_values( array_filter( $list, static fn ( string $secret ): bool => '' !== $secret ) );
}

/** The secret of this site's own, made when there is none yet. */
function kept_secret(): string {
	$kept = get_option( SECRET_OPTION );
	if ( is_string( $kept ) && strlen( $kept ) >= MIN_SECRET ) {
		// A page that signs would ask the database each time; sites whose pages sign nothing keep it out of memory.
		if ( did_action( 'template_redirect' ) > 0 && ! isset( wp_load_alloptions()[ SECRET_OPTION ] ) ) {
			wp_set_option_autoload( SECRET_OPTION, true );
		}
		return $kept;
	}
	if ( false !== $kept ) {
		delete_option( SECRET_OPTION );
	}
	// add_option leaves one that another request made in the meantime.
	add_option( SECRET_OPTION, rtrim( strtr( base64_encode( random_bytes( 33 ) ), '+/', '-_' ), '=' ), '', false );
	return (string) get_option( SECRET_OPTION );
}
