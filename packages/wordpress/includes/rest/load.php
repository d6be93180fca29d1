<?php
/**
 * The room of the REST routes.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

load_room( 'ruleset/publish' );
load_room( 'visitor' );
load_room( 'placement' );
load_room( 'cache' );

require_once __DIR__ . '/raw-json.php';
require_once __DIR__ . '/permissions.php';
require_once __DIR__ . '/ruleset-route.php';
require_once __DIR__ . '/fragment.php';
require_once __DIR__ . '/fragments-route.php';
require_once __DIR__ . '/segments-route.php';
require_once __DIR__ . '/document-route.php';
require_once __DIR__ . '/history-route.php';
require_once __DIR__ . '/view-as-route.php';
require_once __DIR__ . '/settings-route.php';
require_once __DIR__ . '/evaluate-route.php';
require_once __DIR__ . '/placements-field.php';
require_once __DIR__ . '/placement-route.php';
require_once __DIR__ . '/routes.php';
