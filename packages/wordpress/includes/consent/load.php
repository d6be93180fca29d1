<?php
/**
 * The room of consent.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/read-consent.php';
