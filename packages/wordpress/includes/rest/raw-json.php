<?php
/**
 * Answers whose bytes are known beforehand, because they are signed, hashed or large.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** JSON text that is sent as it is. */
final class Raw_Json implements \JsonSerializable {
	/**
	 * Wraps a text.
	 *
	 * @param string $text JSON.
	 */
	public function __construct( public readonly string $text ) {}

	/** What WordPress encodes when it puts the answer into an envelope. */
	public function jsonSerialize(): mixed {
		return json_decode( $this->text );
	}
}

/**
 * Sends a Raw_Json; for `rest_pre_serve_request`.
 *
 * @param mixed $served   Whether somebody sent it already.
 * @param mixed $response The answer, its data not yet encoded.
 * @param mixed $request  The request.
 */
function serve_raw_json( mixed $served, mixed $response, mixed $request ): mixed {
	$data = $response instanceof \WP_HTTP_Response ? $response->get_data() : null;
	if ( true === $served || ! $data instanceof Raw_Json || ! $request instanceof \WP_REST_Request || isset( $request['_jsonp'] ) || isset( $request['_envelope'] ) ) {
		return $served;
	}
	if ( 'HEAD' !== $request->get_method() ) {
		// JSON under its own content type: nothing to escape it for.
		echo $data->text; // phpcs:ignore WordPress.Security.EscapeOutput
	}
	return true;
}
