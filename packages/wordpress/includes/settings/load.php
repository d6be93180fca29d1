<?php
/**
 * The room of the settings, in the order in which its files build on each other.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/report-error.php';
require_once __DIR__ . '/setting-defaults.php';
require_once __DIR__ . '/clean-settings.php';
require_once __DIR__ . '/settings.php';
require_once __DIR__ . '/secrets.php';
require_once __DIR__ . '/storage-scope.php';
require_once __DIR__ . '/fragment-signature.php';
require_once __DIR__ . '/install.php';
