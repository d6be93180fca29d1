<?php
/**
 * The room of the commands.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

load_room( 'rest' );
load_room( 'health' );

require_once __DIR__ . '/cli-port.php';
require_once __DIR__ . '/read-files.php';
require_once __DIR__ . '/segment-commands.php';
require_once __DIR__ . '/ruleset-commands.php';
require_once __DIR__ . '/register-commands.php';
