<?php
/**
 * The room of health: what may be wrong, and how it is told.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

load_room( 'ruleset/publish' );
load_room( 'cache' );

require_once __DIR__ . '/checks.php';
require_once __DIR__ . '/site-health.php';
