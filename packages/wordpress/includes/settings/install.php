<?php
/**
 * What a site has from the plugin's activation on, and what goes when it is switched off.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Who may say what segments there are. Editors use them. */
const MANAGE = 'manage_attune_segments';
/** The hooks of the plugin's timed work; all of it ends with the plugin. */
const TIMED = array( 'attune_fetch_ruleset', 'attune_sweep', 'attune_purge_post', 'attune_purge_url', 'attune_keep_facts' );

/**
 * Activation, on one site or on every site of a network.
 *
 * @param bool|mixed $network_wide What WordPress passes; not true means this site alone.
 */
function activate( mixed $network_wide = false ): void {
	on_sites( true === $network_wide, install_site( ... ) );
}

/** Deactivation; data stays. */
function deactivate( mixed $network_wide = false ): void {
	on_sites(
		true === $network_wide,
		static function (): void {
			foreach ( TIMED as $hook ) {
				wp_unschedule_hook( $hook );
			}
		}
	);
}

/** Prepares the current site; may be called again and changes nothing then. */
function install_site(): void {
	get_role( 'administrator' )?->add_cap( MANAGE );
	// An option that is not there costs each page a query.
	add_option( SETTINGS_OPTION, array(), '', true );
	add_option( RULESET_OPTION, array(), '', true );
	kept_secret();
	schedule_work();
}

/** Sees that the timed work of this site is on the clock. */
function schedule_work(): void {
	if ( ! wp_next_scheduled( 'attune_sweep' ) ) {
		wp_schedule_event( time() + HOUR_IN_SECONDS, 'daily', 'attune_sweep' );
	}
	$reads = 'url' === settings()['source'];
	if ( ! $reads ) {
		wp_clear_scheduled_hook( 'attune_fetch_ruleset' );
	} elseif ( ! wp_next_scheduled( 'attune_fetch_ruleset' ) ) {
		wp_schedule_event( time(), 'attune_five_minutes', 'attune_fetch_ruleset' );
	}
}

/** A site that joins a network on which the plugin is active. */
function install_new_site( \WP_Site $site ): void {
	require_once ABSPATH . 'wp-admin/includes/plugin.php';
	if ( ! is_plugin_active_for_network( plugin_basename( ATTUNE_FILE ) ) ) {
		return;
	}
	switch_to_blog( (int) $site->blog_id );
	install_site();
	restore_current_blog();
}

/** Does something on this site, or on each site of the network in turn. */
function on_sites( bool $all, callable $act ): void {
	if ( ! $all || ! is_multisite() ) {
		$act();
		return;
	}
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $site ) {
		switch_to_blog( (int) $site );
		$act();
		restore_current_blog();
	}
}

/**
 * The interval at which a ruleset of somebody else's is asked for.
 *
 * @param array<string, array{interval: int, display: string}> $schedules WordPress's own and others'.
 * @return array<string, array{interval: int, display: string}>
 */
function add_schedule( array $schedules ): array {
	$schedules['attune_five_minutes'] = array(
		'interval' => 300,
		'display'  => __( 'Every five minutes', 'attune' ),
	);
	return $schedules;
}
