<?php
/**
 * The compiled ruleset as a PHP file that the opcode cache keeps in memory shared by all requests.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** The folder of compiled rulesets, without a slash at its end. */
function compiled_dir(): string {
	/**
	 * Filters the folder that compiled rulesets are written to.
	 *
	 * @param string $dir Absolute path.
	 */
	return untrailingslashit( (string) apply_filters( 'attune_cache_dir', WP_CONTENT_DIR . '/cache/attune' ) );
}

/**
 * The file of one of this site's rulesets. Other content has another name, and what another version of the plugin compiled has,
 * so that no cache of code can be behind.
 */
function compiled_path( string $hash ): string {
	return compiled_dir() . '/' . get_current_blog_id() . '-' . $hash . '-' . strtr( MADE_BY, '/', '-' ) . '.php';
}

/**
 * Writes a compiled ruleset: whole under another name first, so that nobody ever includes half of one.
 *
 * @param array<string, mixed> $ruleset As prepare_ruleset() made it.
 * @return bool Whether it stands there and reads back as it was.
 */
function write_compiled( array $ruleset ): bool {
	$path = compiled_path( $ruleset['hash'] );
	if ( ! wp_mkdir_p( dirname( $path ) ) ) {
		return false;
	}
	$text  = "<?php\nif ( ! defined( 'ABSPATH' ) ) {\n\texit;\n}\nreturn " . php_text( $ruleset ) . ";\n";
	$draft = $path . '.' . bin2hex( random_bytes( 6 ) ) . '.tmp';
	// A folder that cannot be written to is an answer, not a mistake.
	$written = @file_put_contents( $draft, $text );
	if ( strlen( $text ) !== $written || ! @rename( $draft, $path ) ) {
		@unlink( $draft );
		return false;
	}
	@chmod( $path, defined( 'FS_CHMOD_FILE' ) ? FS_CHMOD_FILE : 0644 );
	if ( function_exists( 'opcache_invalidate' ) ) {
		@opcache_invalidate( $path, true );
	}
	return true;
}

/**
 * Includes a compiled ruleset; null when there is none, or another's stands there.
 *
 * @return array<string, mixed>|null
 */
function read_compiled( string $hash ): ?array {
	try {
		$ruleset = @include compiled_path( $hash );
	} catch ( \Throwable ) {
		return null;
	}
	return is_array( $ruleset ) && ( $ruleset['hash'] ?? '' ) === $hash && MADE_BY === ( $ruleset['made'] ?? '' ) ? $ruleset : null;
}

/**
 * Removes this site's files but those of the given rulesets that this version compiled.
 *
 * @param list<string> $hashes Rulesets that requests under way may still include.
 */
function drop_compiled( array $hashes ): void {
	$kept = array_map( compiled_path( ... ), $hashes );
	foreach ( glob( compiled_dir() . '/' . get_current_blog_id() . '-*.php' ) ?: array() as $path ) {
		if ( ! in_array( $path, $kept, true ) ) {
			@unlink( $path );
		}
	}
}

/** Arrays of scalars as PHP source, every value a constant that needs no working out. */
function php_text( mixed $value ): string {
	if ( is_float( $value ) && is_infinite( $value ) ) {
		return $value > 0 ? '1e999' : '-1e999';
	}
	if ( ! is_array( $value ) ) {
		return var_export( $value, true );
	}
	$parts   = array();
	$is_list = array_is_list( $value );
	foreach ( $value as $key => $member ) {
		$parts[] = $is_list ? php_text( $member ) : var_export( $key, true ) . '=>' . php_text( $member );
	}
	return 'array(' . implode( ',', $parts ) . ')';
}
