<?php
/**
 * The room of the page caches.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/cache-key.php';
require_once __DIR__ . '/wp-super-cache.php';
require_once __DIR__ . '/wp-rocket.php';
require_once __DIR__ . '/litespeed.php';
require_once __DIR__ . '/proxy-cache.php';
require_once __DIR__ . '/caches.php';
require_once __DIR__ . '/guard-keys.php';
require_once __DIR__ . '/purge.php';
require_once __DIR__ . '/purge-later.php';
