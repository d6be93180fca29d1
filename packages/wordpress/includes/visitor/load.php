<?php
/**
 * The room of the visitor: what the request carries of who looks.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/cookies.php';
require_once __DIR__ . '/read-visitor.php';
require_once __DIR__ . '/erased.php';
require_once __DIR__ . '/segment-key.php';
require_once __DIR__ . '/view-as.php';
