<?php
/**
 * Reading the ruleset that another host publishes.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Asks the source once and puts in force what is new. The last good ruleset stays whatever happens. Timed; for cron.
 *
 * @return string What came of it: `off`, `unchanged`, `published` or `failed` (source_state() says why).
 */
function fetch_ruleset(): string {
	$settings = settings();
	if ( 'url' !== $settings['source'] || '' === $settings['source_url'] ) {
		return 'off';
	}
	$kept = source_option();
	try {
		$answer = ask_source( $settings['source_url'], null === ruleset_option() ? '' : $kept['etag'] );
		// Some hosts and proxies give the same bytes again instead of saying so: pages and their history stay as they are.
		$is_new = null !== $answer && ! is_in_force( $answer['body'] );
		if ( $is_new ) {
			take_ruleset( $answer['body'], $kept['revisions'] );
			$kept['etag']      = $answer['etag'];
			$kept['revisions'] = remember_revision( $kept['revisions'], ruleset_option()['revision'] );
		}
		$kept['heard']   = time();
		$kept['trouble'] = '';
		$came            = $is_new ? 'published' : 'unchanged';
	} catch ( \InvalidArgumentException | \RuntimeException $error ) {
		$kept['trouble'] = $error->getMessage();
		$came            = 'failed';
		report_error( $error, 'fetch-ruleset' );
	}
	update_option( SOURCE_OPTION, $kept, false );
	return $came;
}

/**
 * Asks for the ruleset; null when it is the one we have.
 *
 * @param string $etag Of the one we have; empty for none.
 * @return array{body: string, etag: string}|null
 * @throws \RuntimeException When there is no good answer.
 */
function ask_source( string $url, string $etag ): ?array {
	$answer = wp_remote_get(
		$url,
		array(
			'timeout'             => 10,
			'redirection'         => 2,
			'limit_response_size' => MAX_PUBLISHED_BYTES + 1,
			'reject_unsafe_urls'  => ! in_array( wp_get_environment_type(), array( 'local', 'development' ), true ),
			'headers'             => array( 'Accept' => 'application/json', 'Attune-Signature' => reader_signature( time(), secrets()[0] ) ) + ( '' === $etag ? array() : array( 'If-None-Match' => $etag ) ),
		)
	);
	if ( is_wp_error( $answer ) ) {
		throw new \RuntimeException( "[attune] fetch_ruleset: $url did not answer: " . $answer->get_error_message() );
	}
	$status = wp_remote_retrieve_response_code( $answer );
	if ( 304 === $status && '' !== $etag ) {
		return null;
	}
	if ( 200 !== $status ) {
		throw new \RuntimeException( "[attune] fetch_ruleset: $url answered with status $status. Check the address." );
	}
	$body = wp_remote_retrieve_body( $answer );
	if ( ! is_signed( $body, header_text( $answer, 'attune-signature' ) ) ) {
		throw new \RuntimeException( "[attune] fetch_ruleset: the answer of $url is not signed with our secret. Give both sides the same ATTUNE_SECRET." );
	}
	return array(
		'body' => $body,
		'etag' => header_text( $answer, 'etag' ),
	);
}

/**
 * Puts a signed ruleset in force, unless that would be a step back.
 *
 * @param list<string> $revisions Those that were in force, the newest first.
 * @throws \InvalidArgumentException When it is no sound ruleset.
 * @throws \RuntimeException When it was in force before the present one.
 */
function take_ruleset( string $body, array $revisions ): void {
	$revision = read_published( $body )->revision ?? null;
	if ( is_string( $revision ) && in_array( $revision, array_slice( $revisions, 1 ), true ) ) {
		throw new \RuntimeException( "[attune] fetch_ruleset: the revision \"$revision\" was in force before \"{$revisions[0]}\". Publish it under a new name." );
	}
	publish_ruleset( $body );
}

/** Whether a body is the ruleset that pages are decided by already. */
function is_in_force( string $body ): bool {
	return ruleset_hash( storable_json( $body ), settings()['confidential'] ) === ( ruleset_option()['hash'] ?? '' ) && null !== load_ruleset();
}

/** Whether a body was signed with one of our secrets: `sha256=<hex>` of its HMAC. */
function is_signed( string $body, string $signature ): bool {
	foreach ( secrets() as $secret ) {
		if ( hash_equals( sign_body( $body, $secret ), $signature ) ) {
			return true;
		}
	}
	return false;
}

/** The value of the header `Attune-Signature` for a body. */
function sign_body( string $body, #[\SensitiveParameter] string $secret ): string {
	return 'sha256=' . hash_hmac( 'sha256', $body, $secret );
}

/**
 * Puts a revision in front of those that are remembered.
 *
 * @param list<string> $revisions The newest first.
 * @return list<string>
 */
function remember_revision( array $revisions, string $revision ): array {
	$others = array_values( array_diff( $revisions, array( $revision ) ) );
	return array_slice( array_merge( array( $revision ), $others ), 0, REMEMBERED_REVISIONS );
}

/**
 * One header of an answer as text.
 *
 * @param array<string, mixed> $answer Of wp_remote_get().
 */
function header_text( array $answer, string $name ): string {
	$value = wp_remote_retrieve_header( $answer, $name );
	return is_string( $value ) ? $value : '';
}
