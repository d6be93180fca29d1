<?php
/**
 * The room of the shortcodes.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/markers.php';
require_once __DIR__ . '/parse-shortcodes.php';
require_once __DIR__ . '/branches.php';
require_once __DIR__ . '/resolve-shortcodes.php';
require_once __DIR__ . '/tags.php';
require_once __DIR__ . '/find-placement.php';
