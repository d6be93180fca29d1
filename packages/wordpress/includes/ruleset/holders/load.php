<?php
/**
 * Finding placements by their id; pages need it for `[attune-placement]` alone.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/placement-holders.php';
