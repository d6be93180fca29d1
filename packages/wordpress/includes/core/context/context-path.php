<?php
/**
 * Paths into the context of a request: `geo.country`, `language`, `query.<name>`.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/** The type of value that each path gives whose name is not the site's own. */
const CONTEXT_TYPES = array(
	'geo.country'       => 'string',
	'geo.region'        => 'string',
	'geo.city'          => 'string',
	'device.type'       => 'string',
	'device.os'         => 'string',
	'device.browser'    => 'string',
	'language'          => 'string',
	'url.host'          => 'string',
	'url.path'          => 'string',
	'utm.source'        => 'string',
	'utm.medium'        => 'string',
	'utm.campaign'      => 'string',
	'utm.term'          => 'string',
	'utm.content'       => 'string',
	'referrer.host'     => 'string',
	'session.number'    => 'number',
	'session.pageViews' => 'number',
	'session.seconds'   => 'number',
	'visitor.known'     => 'boolean',
	'visitor.returning' => 'boolean',
);

/** The type of a context path (`any` where only the site knows), or null for a path that does not exist. */
function context_type( string $path ): ?string {
	if ( \strlen( $path ) > 6 && \str_starts_with( $path, 'query.' ) ) {
		return 'string';
	}
	if ( \strlen( $path ) > 7 && \str_starts_with( $path, 'custom.' ) ) {
		return 'any';
	}
	return CONTEXT_TYPES[ $path ] ?? null;
}

/**
 * Every context path, for messages and editors.
 *
 * @return list<string>
 */
function context_paths(): array {
	return array( ...\array_keys( CONTEXT_TYPES ), 'query.<name>', 'custom.<name>' );
}

/**
 * Splits a path into a group and a name; the name after the first dot is taken whole (`query.a.b` is parameter `a.b`).
 *
 * @return array{string, string} The group, empty for a value that stands by itself, and the name.
 */
function split_path( string $path ): array {
	$parts = \explode( '.', $path, 2 );
	return isset( $parts[1] ) ? array( $parts[0], $parts[1] ) : array( '', $path );
}

/**
 * Reads a split path of a context; null when there is nothing.
 *
 * @param array{string, string} $split Of `split_path`.
 */
function read_path( \stdClass $context, array $split ): mixed {
	list( $group, $name ) = $split;
	$members              = '' === $group ? $context : own_member( $context, $group );
	return $members instanceof \stdClass ? own_member( $members, $name ) : null;
}

/** A member of an object, null when it has none of that name. */
function own_member( \stdClass $members, string $name ): mixed {
	// PHP lets nobody ask an object for a name that begins with NUL; people may still send one.
	return \str_starts_with( $name, "\0" ) ? ( (array) $members )[ $name ] ?? null : $members->{$name} ?? null;
}
