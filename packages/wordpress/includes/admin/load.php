<?php
/**
 * The room of the dashboard.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/menu.php';
require_once __DIR__ . '/enqueue.php';
require_once __DIR__ . '/view-as-menu.php';
