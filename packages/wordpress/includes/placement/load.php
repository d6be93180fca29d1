<?php
/**
 * The room of placements: what a block, a row or a shortcode says, and which variant it shows.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/variant.php';
require_once __DIR__ . '/placement.php';
require_once __DIR__ . '/parse-variant.php';
require_once __DIR__ . '/parse-placement.php';
require_once __DIR__ . '/parse-audience.php';
require_once __DIR__ . '/choice.php';
require_once __DIR__ . '/segment-truth.php';
require_once __DIR__ . '/variant-stands.php';
require_once __DIR__ . '/held-out.php';
require_once __DIR__ . '/choose-variant.php';
require_once __DIR__ . '/placement-scope.php';
require_once __DIR__ . '/variants-at-rest.php';
require_once __DIR__ . '/render-adaptive.php';
require_once __DIR__ . '/render-audience.php';
require_once __DIR__ . '/badge.php';
require_once __DIR__ . '/context-value.php';
require_once __DIR__ . '/fill-values.php';
require_once __DIR__ . '/widgets.php';
require_once __DIR__ . '/default-content.php';
require_once __DIR__ . '/asked-by-code.php';
