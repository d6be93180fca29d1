<?php
/**
 * The room of the profile: what may be remembered about the visitor, from the token, a collector, or the shop.
 *
 * @package Attune
 */

declare( strict_types=1 );

require_once __DIR__ . '/loaded-profile.php';
require_once __DIR__ . '/fetch-profile.php';
require_once __DIR__ . '/load-profile.php';
