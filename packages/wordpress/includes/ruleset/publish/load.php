<?php
/**
 * What publishing, giving out and looking after rulesets needs; loaded where one of these happens.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

load_core();
load_room( 'placement' );
load_room( 'ruleset/holders' );

require_once __DIR__ . '/publication.php';
require_once __DIR__ . '/post-type.php';
require_once __DIR__ . '/segment-scopes.php';
require_once __DIR__ . '/prepare-ruleset.php';
require_once __DIR__ . '/enforce-ruleset.php';
require_once __DIR__ . '/walk-blocks.php';
require_once __DIR__ . '/placements-of-post.php';
require_once __DIR__ . '/usage-of-content.php';
require_once __DIR__ . '/usage-index.php';
require_once __DIR__ . '/taken-ids.php';
require_once __DIR__ . '/without-segments.php';
require_once __DIR__ . '/without-signals.php';
require_once __DIR__ . '/reader-signature.php';
require_once __DIR__ . '/add-placements.php';
require_once __DIR__ . '/kept-document.php';
require_once __DIR__ . '/public-placements.php';
require_once __DIR__ . '/public-ruleset.php';
require_once __DIR__ . '/source-state.php';
require_once __DIR__ . '/fetch-ruleset.php';
