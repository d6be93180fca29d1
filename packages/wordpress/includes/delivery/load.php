<?php
/**
 * The room of delivery: how a placement reaches the visitor without any cache showing it to another.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/page-facts.php';
require_once __DIR__ . '/is-cacheable.php';
require_once __DIR__ . '/edge-handshake.php';
require_once __DIR__ . '/uncacheable.php';
require_once __DIR__ . '/horizon.php';
require_once __DIR__ . '/delivery-of.php';
require_once __DIR__ . '/is-own.php';
require_once __DIR__ . '/entries.php';
require_once __DIR__ . '/ruled-entries.php';
require_once __DIR__ . '/markup.php';
require_once __DIR__ . '/source-post.php';
require_once __DIR__ . '/default-html.php';
require_once __DIR__ . '/guard-page.php';
require_once __DIR__ . '/scripts.php';
require_once __DIR__ . '/page-config.php';
