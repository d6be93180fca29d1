<?php
/**
 * What keeps sites of one origin apart in a browser: those of a network in folders share its storage, and cookies of `/`.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** What the names in the browser's storage end with; '' for a site at the root of its host. The same for as long as the site is there. */
function storage_scope(): string {
	return '/' === site_path() ? '' : '_' . get_current_blog_id();
}

/** The path under which a site of a network lies, with a slash at both ends; `/` for any other. */
function site_path(): string {
	return is_multisite() ? get_site()->path ?? '/' : '/';
}
