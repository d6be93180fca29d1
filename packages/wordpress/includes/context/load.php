<?php
/**
 * The room of the context: what the request itself tells; nothing of it is remembered.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/request-text.php';
require_once __DIR__ . '/device.php';
require_once __DIR__ . '/custom-signals.php';
require_once __DIR__ . '/build-context.php';
