<?php
/**
 * The scripts that choose in the browser. Both inline ones are the same on every page of a site, so that a site may list their hashes.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** What stands behind each placement. */
const CHOOSE = 'attuneChoose()';

/** What a page needs of them. */
final class Page_Scripts {
	/** The resolver must stand before the next placement. */
	public static bool $needs_resolver = false;
	public static bool $has_resolver   = false;
	/** The page's own script is wanted. */
	public static bool $needs_script = false;
}

/**
 * The text of the resolver: it runs before anything is painted and asks nobody. '' when it was not built. It reads what is known
 * under this site's own names.
 */
function resolver_text(): string {
	static $text = null;
	$path   = ATTUNE_DIR . '/build/front/resolver.php';
	$text ??= is_file( $path ) ? (string) require $path : '';
	$names = array( 'localStorage.attune_known', 'localStorage.attune_heeded' );
	return str_replace( $names, array_map( static fn ( string $name ): string => $name . storage_scope(), $names ), $text );
}

/**
 * The hashes of our inline scripts for a Content-Security-Policy.
 *
 * @return list<string> `'sha256-…'`, quotes included.
 */
function script_hashes(): array {
	$hash = static fn ( string $text ): string => "'sha256-" . base64_encode( hash( 'sha256', $text, true ) ) . "'";
	return array( $hash( resolver_text() ), $hash( CHOOSE ) );
}

/** One of our inline scripts; scripts that delay others are asked to leave it where it is. */
function inline_script( string $text ): string {
	/**
	 * Filters the nonce of our inline scripts; '' for none.
	 *
	 * @param string $nonce What your Content-Security-Policy says behind `nonce-` for this request.
	 */
	$nonce = (string) apply_filters( 'attune_script_nonce', '' );
	$nonce = '' === $nonce ? '' : ' nonce="' . esc_attr( $nonce ) . '"';
	return '<script data-cfasync="false" data-no-optimize="1" data-no-defer="1" nowprocket' . $nonce . '>' . $text . '</script>';
}

/** The call behind a placement. It brings the resolver when the head is past and has none. */
function choose_script(): string {
	return inline_script( CHOOSE );
}

/**
 * Says that this page has placements that are chosen from in the browser, and gives what must stand before the next one: the
 * resolver, once, when the page's head is past.
 */
function before_placement(): string {
	Page_Scripts::$needs_script = true;
	if ( Page_Scripts::$has_resolver ) {
		return '';
	}
	if ( 0 === did_action( 'wp_head' ) || doing_action( 'wp_head' ) ) {
		Page_Scripts::$needs_resolver = true;
		return '';
	}
	Page_Scripts::$has_resolver = true;
	return inline_script( resolver_text() );
}

/** Prints the resolver into the head of a page whose placements were rendered before it. */
function print_resolver(): void {
	if ( Page_Scripts::$needs_resolver && ! Page_Scripts::$has_resolver ) {
		Page_Scripts::$has_resolver = true;
		// Our own build, or what a filter says, escaped there.
		echo inline_script( resolver_text() ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped
	}
}
