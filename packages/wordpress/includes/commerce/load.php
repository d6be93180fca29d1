<?php
/**
 * The room of the shop; WooCommerce is asked through its own functions only, so that it may keep orders where it likes.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/customer-facts.php';
require_once __DIR__ . '/customer-traits.php';
require_once __DIR__ . '/order-hooks.php';
require_once __DIR__ . '/page-events.php';
