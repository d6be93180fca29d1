<?php
/**
 * The ways in that can be gone inside one process: what requests carry, REST, shortcodes, theme functions, settings.
 * Each way is a name and a function of one string; what it gives back is HTML, or '' where nothing is printed.
 */

declare( strict_types=1 );

/** What differs between two queries of one shape: literals, and how many of them stand in a list. */
function injection_shape( string $query ): string {
	$query = preg_replace( "/'(?:[^'\\\\]++|\\\\.|'')*+'|\"(?:[^\"\\\\]++|\\\\.|\"\")*+\"/s", '?', $query );
	$query = preg_replace( '/\b\d+(?:\.\d+)?\b/', '?', $query );
	return trim( preg_replace( array( '/\?(?:\s*,\s*\?)+/', '/\s+/' ), array( '?', ' ' ), $query ) );
}

/** Where a request carries text of others. */
const INJECTION_SLOTS = array(
	'HTTP_USER_AGENT',
	'HTTP_REFERER',
	'HTTP_ACCEPT_LANGUAGE',
	'HTTP_CF_IPCOUNTRY',
	'HTTP_SEC_CH_UA_MOBILE',
	'HTTP_SEC_CH_UA_PLATFORM',
	'HTTP_SEC_GPC',
	'HTTP_X_ATTUNE_EDGE',
	'HTTP_X_ATTUNE_SEGMENT',
	'HTTP_HOST',
	'REQUEST_URI',
	'QUERY_STRING',
);

function injection_request( array $server ): string {
	$kept    = $_SERVER;
	$_SERVER = $server + $_SERVER;
	$_GET    = array( 'attune_view' => $server['QUERY_STRING'] ?? '' );
	$_COOKIE = array( 'attune_k' => $server['HTTP_COOKIE'] ?? '' );
	try {
		$ruleset = Attune\load_ruleset();
		$asked   = Attune\read_request( $ruleset, time() );
		$block   = parse_blocks( '<!-- wp:attune/adaptive {"placementId":"x"} --><!-- wp:attune/variant {"key":"a","segments":["returning","keen","germany","mobile"]} /--><!-- wp:attune/variant {"key":"default","isDefault":true} /--><!-- /wp:attune/adaptive -->' )[0];
		Attune\choose_variant( Attune\parse_placement( $block ), $ruleset, $asked->question );
		Attune\is_edge_request();
		Attune\is_bot();
		Attune\read_view( time() );
		Attune\before_keyed_page();
	} finally {
		$_SERVER = $kept;
	}
	return '';
}

/** @return array<string, callable( string ): string> */
function injection_request_ways(): array {
	$ways    = array();
	$consent = 'attune_consent=preferences.statistics.marketing; ';
	foreach ( INJECTION_SLOTS as $slot ) {
		$ways[ $slot ] = static fn ( string $text ): string => injection_request( array( 'HTTP_COOKIE' => $consent, $slot => 'REQUEST_URI' === $slot ? "/$text" : $text ) );
	}
	foreach ( array( 'attune_consent', 'attune_visitor', 'attune_token', 'attune_k' ) as $cookie ) {
		$ways[ "cookie $cookie" ] = static fn ( string $text ): string => injection_request( array( 'HTTP_COOKIE' => "{$consent}{$cookie}={$text}" ) );
	}
	$ways['cookie header'] = static fn ( string $text ): string => injection_request( array( 'HTTP_COOKIE' => $text ) );
	$ways['query']         = static fn ( string $text ): string => injection_request( array( 'QUERY_STRING' => "{$text}={$text}&utm_source={$text}&utm_{$text}" ) );
	return $ways;
}

function injection_rest( string $method, string $route, array $query = array(), mixed $body = null ): string {
	$request = new WP_REST_Request( $method, "/attune/v1$route" );
	$request->set_query_params( $query );
	if ( null !== $body ) {
		$request->set_header( 'Content-Type', 'application/json' );
		$request->set_body( is_string( $body ) ? $body : (string) wp_json_encode( $body, JSON_INVALID_UTF8_SUBSTITUTE ) );
	}
	$response = rest_do_request( $request );
	if ( $response->get_status() >= 500 ) {
		throw new RuntimeException( "$method $route: {$response->get_status()}" );
	}
	return '';
}

/** @return array<string, callable( string ): string> */
function injection_rest_ways(): array {
	$signed = static fn ( string $key ): string => '1.' . $key . '.' . Attune\fragment_signature( 1, $key );
	return array(
		'fragments f'       => static fn ( string $text ): string => injection_rest( 'GET', '/fragments', array( 'f' => $text ) ),
		'fragments key'     => static fn ( string $text ): string => injection_rest( 'GET', '/fragments', array( 'f' => $signed( $text ) ) ),
		'fragments k'       => static fn ( string $text ): string => injection_rest( 'GET', '/fragments', array( 'f' => $signed( 'hero' ), 'k' => $text ) ),
		'ruleset'           => static fn ( string $text ): string => injection_rest( 'GET', '/ruleset', array( 'for' => $text, 'v' => $text ) ),
		'ruleset names'     => static fn ( string $text ): string => injection_rest( 'GET', '/ruleset', array( $text => $text ) ),
		'segments'          => static fn ( string $text ): string => injection_rest( 'GET', '/segments', array( '_fields' => $text, 'search' => $text ) ),
		'usage'             => static fn ( string $text ): string => injection_rest( 'GET', '/usage/' . rawurlencode( substr( $text, -60 ) ) ),
		'usage as it is'    => static fn ( string $text ): string => injection_rest( 'GET', "/usage/$text" ),
		'history'           => static fn ( string $text ): string => injection_rest( 'POST', "/history/$text/restore" ),
		'view-as url'       => static fn ( string $text ): string => injection_rest( 'POST', '/view-as', array(), array( 'url' => home_url( "/$text" ), 'segments' => array( 'keen' => true ) ) ),
		'view-as segments'  => static fn ( string $text ): string => injection_rest( 'POST', '/view-as', array(), array( 'url' => home_url( '/' ), 'segments' => array( $text => true ) ) ),
		'evaluate'          => static fn ( string $text ): string => injection_rest( 'POST', '/evaluate', array(), array( 'visitor' => $text, 'context' => array( $text => $text, 'geo' => array( 'country' => $text ) ), 'consent' => array( $text => true, 'preferences' => true ) ) ),
		'evaluate profile'  => static fn ( string $text ): string => injection_rest( 'POST', '/evaluate', array(), array( 'profile' => array( 'plan' => $text, 'traits' => array( $text => $text ), 'signals' => array( $text => $text ) ) ) ),
		'evaluate body'     => static fn ( string $text ): string => injection_rest( 'POST', '/evaluate', array(), $text ),
		'document'          => static fn ( string $text ): string => injection_rest( 'POST', '/document', array(), array( 'base' => $text, 'document' => array( 'revision' => $text ), 'published' => array( 'revision' => $text ) ) ),
		'settings words'    => static fn ( string $text ): string => injection_rest( 'POST', '/settings', array(), array( 'delivery' => $text ) ),
		'settings site'     => static fn ( string $text ): string => injection_rest( 'POST', '/settings', array(), array( 'site' => $text ) ),
		'settings header'   => static fn ( string $text ): string => injection_rest( 'POST', '/settings', array(), array( 'geo_header' => $text ) ),
		'settings names'    => static fn ( string $text ): string => injection_rest( 'POST', '/settings', array(), array( "x$text" => $text ) ),
	);
}

/** A text as somebody who may not write HTML can write it into a shortcode. */
function injection_attribute( string $text ): string {
	return strtr( htmlspecialchars( $text, ENT_QUOTES | ENT_SUBSTITUTE ), array( '[' => '&#91;', ']' => '&#93;' ) );
}

/** @return array<string, callable( string ): string> */
function injection_code_ways(): array {
	$tag = static fn ( string $form ) => static fn ( string $text ): string => (string) apply_filters( 'the_content', str_replace( '%', injection_attribute( $text ), $form ) );
	return array(
		'shortcode segments'  => $tag( '[attune segments="%" not="%"]a[attune:else-if segments="%"]b[attune:else]c[/attune]' ),
		'shortcode others'    => $tag( '[attune segments="keen" id="%" match="%" from="%" until="%" delivery="%" wrap="%" reserve="%"]a[/attune]' ),
		'shortcode names'     => $tag( '[attune %="1"]a[/attune]' ),
		'shortcode value'     => $tag( '[attune-value key="%" fallback="%"]' ),
		'shortcode placement' => $tag( '[attune-placement id="%"]' ),
		'shortcode twin'      => static fn ( string $text ): string => do_shortcode( '[attune-if-2 segments="' . injection_attribute( $text ) . '"]a[/attune-if-2]' ),
		'theme matches'       => static fn ( string $text ): string => attune_matches( $text ) ? $text : '',
		'theme placement'     => static fn ( string $text ): string => attune_placement( $text ),
		'theme variants'      => static fn ( string $text ): string => attune_placement( $text, array( 'default' => 'x', $text => 'y' ) ),
		'posts of a segment'  => static fn ( string $text ): string => implode( ',', Attune\posts_using_segment( $text ) ),
	);
}

/** Saves posts whose attributes are strings, fifty in each: what is saved is looked through for segments and placements. */
function injection_posts( array $strings ): void {
	foreach ( array_chunk( $strings, 50 ) as $chunk ) {
		$content = '';
		foreach ( $chunk as $text ) {
			$attrs    = serialize_block_attributes( array( 'placementId' => $text, 'label' => $text, 'segments' => array( $text ) ) );
			$content .= "<!-- wp:attune/adaptive $attrs --><!-- wp:attune/variant $attrs /--><!-- /wp:attune/adaptive --><!-- wp:paragraph {\"metadata\":{\"attune\":$attrs}} --><p>p</p><!-- /wp:paragraph -->";
			$content .= '[attune segments="' . injection_attribute( $text ) . '"]a[/attune]';
		}
		$id = wp_insert_post( wp_slash( array( 'post_title' => 'x', 'post_status' => 'publish', 'post_content' => $content ) ) );
		wp_update_post( array( 'ID' => $id, 'post_title' => 'y' ) );
		wp_delete_post( $id, true );
	}
}

/** Calls segments confidential, five hundred at a time, and lets everything be made anew for it. */
function injection_confidential( array $strings ): void {
	foreach ( array_chunk( $strings, 500 ) as $chunk ) {
		$texts = array_map( static fn ( string $text ): string => substr( wp_check_invalid_utf8( $text, true ), 0, 200 ), $chunk );
		injection_rest( 'POST', '/settings', array(), array( 'confidential' => array_values( array_filter( $texts ) ) ) );
		injection_rest( 'GET', '/settings' );
		injection_rest( 'GET', '/segments' );
	}
	injection_rest( 'POST', '/settings', array(), array( 'confidential' => array() ) );
}

/**
 * Goes every way with every string. Gives the shapes of the queries by way, what was printed unescaped, and what failed.
 *
 * @param list<string> $strings
 */
function injection_run( array $strings, string $unescaped ): array {
	global $injection_way, $injection_shapes;
	$injection_shapes = array();
	add_filter(
		'query',
		static function ( $query ) {
			$GLOBALS['injection_shapes'][ $GLOBALS['injection_way'] ][ injection_shape( $query ) ] = true;
			return $query;
		},
		99
	);
	wp_set_current_user( get_user_by( 'login', 'admin' )->ID );
	Attune\load_stage();
	Attune\load_room( 'cache' );
	do_action( 'rest_api_init', rest_get_server() );
	$faults = array();
	foreach ( array( 'posts' => injection_posts( ... ), 'confidential' => injection_confidential( ... ) ) as $injection_way => $go ) {
		$go( $strings );
	}
	foreach ( injection_request_ways() + injection_rest_ways() + injection_code_ways() as $injection_way => $go ) {
		// What was asked before would not be asked again.
		wp_cache_flush();
		foreach ( $strings as $text ) {
			try {
				$html = $go( $text );
			} catch ( Throwable $error ) {
				$faults[] = "$injection_way of " . substr( wp_json_encode( $text, JSON_INVALID_UTF8_SUBSTITUTE ), 0, 120 ) . ": {$error->getMessage()} at {$error->getFile()}:{$error->getLine()}";
				$html     = '';
			}
			if ( 1 === preg_match( $unescaped, $html ) && count( $faults ) < 50 ) {
				$faults[] = "$injection_way printed " . substr( $html, 0, 200 );
			}
		}
	}
	return array( 'shapes' => array_map( array_keys( ... ), $injection_shapes ), 'faults' => array_slice( $faults, 0, 50 ) );
}
