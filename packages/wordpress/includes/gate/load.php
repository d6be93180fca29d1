<?php
/**
 * The gate: looks at everything that WordPress renders, and lets what is not ours pass before anything else of ours is loaded.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/register-types.php';
require_once __DIR__ . '/blocks.php';
require_once __DIR__ . '/texts.php';
require_once __DIR__ . '/page.php';
require_once __DIR__ . '/saving.php';
