<?php
/**
 * Plugin Name:       Attune
 * Description:       Shows each visitor the content that fits what they did, behind any page cache, with consent.
 * Version:           0.1.0
 * Requires at least: 6.5
 * Requires PHP:      8.1
 * Author:            Attune
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       attune
 * Domain Path:       /languages
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/** The version of the plugin. */
const VERSION = '0.1.0';

define( 'ATTUNE_FILE', __FILE__ );
define( 'ATTUNE_DIR', __DIR__ );
define( 'ATTUNE_VERSION', VERSION );

// Buckets and times need whole numbers of 64 bits: without them nothing is personalised, and the site goes on.
if ( PHP_INT_SIZE < 8 ) {
	add_action(
		'admin_notices',
		static function (): void {
			echo '<div class="notice notice-error"><p>', esc_html__( 'Attune needs a 64-bit PHP and is switched off on this server. Ask your host for a 64-bit PHP.', 'attune' ), '</p></div>';
		}
	);
	return;
}

require_once __DIR__ . '/includes/load.php';
require_once __DIR__ . '/includes/hooks.php';
