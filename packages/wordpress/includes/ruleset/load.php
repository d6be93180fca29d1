<?php
/**
 * The room of the ruleset: what every request may need of it. The rest is in ruleset/publish.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/ruleset-option.php';
require_once __DIR__ . '/load-ruleset.php';
require_once __DIR__ . '/compiled-file.php';
require_once __DIR__ . '/segments.php';
require_once __DIR__ . '/publish-ruleset.php';
