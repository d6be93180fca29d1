<?php
/**
 * The room of privacy: what people are told, may have and may have erased.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

load_room( 'commerce' );
load_room( 'visitor' );

require_once __DIR__ . '/consent-api.php';
require_once __DIR__ . '/policy-text.php';
require_once __DIR__ . '/visitor-link.php';
require_once __DIR__ . '/sign-out.php';
require_once __DIR__ . '/exporter.php';
require_once __DIR__ . '/sweep.php';
