<?php
/**
 * Compiles a published ruleset as the plugin does: `php compile.php <plugin> <folder>` writes compiled.php beside it.
 */

declare( strict_types=1 );

[ , $plugin, $folder ] = $argv;
require "{$plugin}/includes/core/load.php";
require "{$plugin}/includes/ruleset/compiled-file.php";

$read = \Attune\Core\read_json( file_get_contents( "{$folder}/published.json" ) );
if ( ! $read->ok ) {
	throw new \RuntimeException( "{$read->path}: {$read->message}" );
}
file_put_contents(
	"{$folder}/compiled.php",
	'<?php return ' . \Attune\php_text( \Attune\Core\compile_ruleset( $read->value ) ) . ';'
);
