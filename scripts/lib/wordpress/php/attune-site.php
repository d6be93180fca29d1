<?php
/**
 * A site without the internet: nothing is asked of other hosts, and mail lands in a file.
 *
 * Plugin Name: Site without the internet
 */

declare( strict_types=1 );

add_filter( 'pre_option_show_avatars', static fn(): int => 0 );

foreach ( array( 'core', 'plugins', 'themes' ) as $attune_kind ) {
	add_filter(
		'pre_site_transient_update_' . $attune_kind,
		static fn(): object => (object) array(
			'updates'         => array(),
			'response'        => array(),
			'checked'         => array(),
			'last_checked'    => time(),
			'version_checked' => get_bloginfo( 'version' ),
		)
	);
}
unset( $attune_kind );

// The block directory lives on wordpress.org.
add_action(
	'init',
	static function (): void {
		remove_action( 'enqueue_block_editor_assets', 'wp_enqueue_editor_block_directory_assets' );
	}
);

add_filter(
	'pre_http_request',
	static function ( $answer, $arguments, $url ) {
		$host = wp_parse_url( (string) $url, PHP_URL_HOST );
		if ( ATTUNE_SITE_LOOPBACK && in_array( $host, array( '127.0.0.1', 'localhost' ), true ) ) {
			return $answer;
		}
		return new WP_Error( 'http_request_not_executed', 'This site is not connected to the internet.' );
	},
	10,
	3
);

// One mail, one line of JSON. True tells WordPress that the mail is on its way.
add_filter(
	'pre_wp_mail',
	static function ( $answer, array $mail ): bool {
		file_put_contents( WP_CONTENT_DIR . '/mail.jsonl', wp_json_encode( $mail ) . "\n", FILE_APPEND | LOCK_EX );
		return true;
	},
	10,
	2
);
