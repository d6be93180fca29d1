<?php
/**
 * Fills the demo site: what is named here is written anew, what an editor added stays.
 *
 * Runs in the folder that ATTUNE_SITE names, after `attune publish` wrote ruleset.published.json beside this file.
 */

declare( strict_types=1 );

require getenv( 'ATTUNE_SITE' ) . '/wp-load.php';

/**
 * The pages: slug => title, template, and the page above it. The content is pages/<slug>.html.
 */
const HALDEN_PAGES = array(
	'home'          => array( 'Halden Coffee', 'page-no-title', '' ),
	'guides'        => array( 'Brewing guides', '', '' ),
	'pour-over'     => array( 'Pour-over', '', 'guides' ),
	'espresso'      => array( 'Espresso', '', 'guides' ),
	'cold-brew'     => array( 'Cold brew', '', 'guides' ),
	'beans'         => array( 'Beans', '', '' ),
	'who-sees-what' => array( 'Who sees what', '', '' ),
);

/** Slugs of the pages in the menu, in order. */
const HALDEN_MENU = array( 'guides', 'beans', 'who-sees-what' );

/**
 * Writes a post, or writes it anew when there is one of this type, slug and parent.
 *
 * @param array<string, mixed> $post As wp_insert_post() takes it, with post_type and post_name.
 * @return int Its id.
 */
function halden_write( array $post ): int {
	$found = get_posts(
		array(
			'post_type'   => $post['post_type'],
			'name'        => $post['post_name'],
			'post_parent' => $post['post_parent'] ?? 0,
			'post_status' => 'any',
			'fields'      => 'ids',
		)
	);
	$post += array(
		'ID'          => $found[0] ?? 0,
		'post_status' => 'publish',
		'post_author' => 1,
	);
	// wp_insert_post() takes slashes away, which JSON in block comments cannot do without.
	$id = wp_insert_post( wp_slash( $post ), true );
	if ( is_wp_error( $id ) ) {
		throw new RuntimeException( "The page {$post['post_name']} was not written: " . $id->get_error_message() );
	}
	return $id;
}

/**
 * Writes all pages.
 *
 * @return array<string, int> Slug to id.
 */
function halden_pages(): array {
	$ids = array();
	foreach ( HALDEN_PAGES as $slug => list( $title, $template, $above ) ) {
		$ids[ $slug ] = halden_write(
			array(
				'post_type'     => 'page',
				'post_name'     => $slug,
				'post_title'    => $title,
				'post_content'  => file_get_contents( __DIR__ . "/pages/{$slug}.html" ),
				'post_parent'   => $ids[ $above ] ?? 0,
				'page_template' => $template,
			)
		);
	}
	return $ids;
}

/**
 * The menu as the theme's Navigation block reads it.
 *
 * @param array<string, int> $ids Slug to id.
 */
function halden_menu( array $ids ): void {
	$links = '';
	foreach ( HALDEN_MENU as $slug ) {
		$link   = array(
			'label' => HALDEN_PAGES[ $slug ][0],
			'type'  => 'page',
			'id'    => $ids[ $slug ],
			'url'   => get_permalink( $ids[ $slug ] ),
			'kind'  => 'post-type',
		);
		$links .= '<!-- wp:navigation-link ' . serialize_block_attributes( $link ) . " /-->\n";
	}
	halden_write(
		array(
			'post_type'    => 'wp_navigation',
			'post_name'    => 'navigation',
			'post_title'   => 'Navigation',
			'post_content' => $links,
		)
	);
}

/** What comes with every new WordPress and says nothing here. */
function halden_tidy(): void {
	foreach ( array( 'hello-world' => 'post', 'sample-page' => 'page' ) as $slug => $type ) {
		$found = get_page_by_path( $slug, OBJECT, $type );
		if ( null !== $found ) {
			wp_delete_post( $found->ID, true );
		}
	}
}

/** Settings and ruleset. */
function halden_attune(): void {
	// Nothing in front of this site sets such a header: try curl -A Firefox -H 'X-Country: IE'.
	Attune\save_settings( array( 'geo_header' => 'X-Country' ) );
	Attune\publish_ruleset( file_get_contents( __DIR__ . '/ruleset.published.json' ) );
}

wp_set_current_user( 1 );
update_option( 'blogname', 'Halden Coffee' );
update_option( 'blogdescription', 'Roasted in small batches' );
update_option( 'timezone_string', 'Europe/London' );
halden_attune();
$halden_ids = halden_pages();
halden_menu( $halden_ids );
halden_tidy();
update_option( 'show_on_front', 'page' );
update_option( 'page_on_front', $halden_ids['home'] );
flush_rewrite_rules();
