<?php
/**
 * The elements in which placements stand on a page. Comments would not survive the minifiers of page caches.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * A placement that is chosen from in the browser: every variant rests in a template, the default is visible.
 *
 * @param list<list<mixed>>     $entries  As entries_of() gives them.
 * @param array<string, string> $variants Key → HTML of each variant that an entry names.
 * @param string                $shown    HTML of the default.
 */
function inline_markup( Placement $placement, string $hash, array $entries, array $variants, string $shown, string $class ): string {
	$asked = array(
		'p' => $placement->id,
		'h' => substr( $hash, 0, 6 ),
		'v' => $entries,
	);
	return '<attune-placement' . class_attribute( $class )
		. ' data-attune="' . attribute_text( json_of( $asked ) ) . '" style="' . attribute_text( placement_style( $placement ) ) . '">'
		. templates( $variants ) . $shown . '</attune-placement>' . choose_script();
}

/** What a browser needs to know to fetch a placement. */
final class Fragment_Asked {

	/**
	 * @param int       $post   Id of the post that holds it.
	 * @param list<int> $places In the key, of the segments that it depends on.
	 * @param bool      $is_own It is decided by the visitor's own cookies, which must be sent along.
	 */
	public function __construct(
		public readonly Placement $placement,
		public readonly int $post,
		public readonly array $places,
		public readonly bool $is_own
	) {}
}

/** A placement whose variant the browser fetches; until then, and when it cannot, the default stands there. */
function fragment_markup( Fragment_Asked $asked, string $shown, string $class ): string {
	$id   = $asked->placement->id;
	$name = $asked->post . '.' . $id . '.' . fragment_signature( $asked->post, $id );
	return '<attune-placement' . class_attribute( $class )
		. ' data-fragment="' . esc_attr( $name ) . '" data-bits="' . esc_attr( implode( ',', $asked->places ) ) . '"'
		. ( $asked->is_own ? ' data-own' : '' ) . ' style="' . attribute_text( placement_style( $asked->placement ) ) . '">'
		. $shown . '</attune-placement>';
}

/**
 * A placement from which an edge chooses; it takes everything else away.
 *
 * @param list<list<mixed>>     $entries  As entries_of() gives them.
 * @param array<string, string> $variants Key → HTML.
 */
function edge_markup( Placement $placement, array $entries, array $variants, string $shown ): string {
	$asked = array(
		'p' => $placement->id,
		'd' => $placement->key_at( $placement->default_index ),
		'v' => $entries,
	);
	return '<attune-slot data-attune="' . attribute_text( json_of( $asked ) ) . '">' . templates( $variants )
		. '<template data-variant="' . attribute_text( $asked['d'] ) . '" data-default>' . $shown . '</template></attune-slot>';
}

/**
 * Where a placement stands in content that a front elsewhere takes from REST: it shows there what it decided, by the field
 * `attune_placements`. Whoever knows nothing of it sees the default.
 */
function named_markup( Placement $placement, string $shown ): string {
	return '<attune-placement data-placement="' . esc_attr( $placement->id ) . '" style="display:contents">' . $shown . '</attune-placement>';
}

/**
 * Variants at rest.
 *
 * @param array<string, string> $variants Key → HTML, made by WordPress's own rendering.
 */
function templates( array $variants ): string {
	$html = '';
	foreach ( $variants as $key => $variant ) {
		$html .= '<template data-variant="' . attribute_text( (string) $key ) . '">' . $variant . '</template>';
	}
	return $html;
}

/** The element has no box of its own, unless room is kept for what is to come. */
function placement_style( Placement $placement ): string {
	return '' === $placement->reserve ? 'display:contents' : "display:block;min-height:{$placement->reserve}";
}

function class_attribute( string $class ): string {
	return '' === $class ? '' : ' class="' . attribute_text( $class ) . '"';
}

/** Text of ours as it stands in an attribute. What esc_attr() does besides, for text of others, takes twenty times as long. */
function attribute_text( string $text ): string {
	return htmlspecialchars( $text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8' );
}

/** JSON that stands safely in any part of a page. */
function json_of( mixed $value ): string {
	return (string) wp_json_encode( $value, JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
}
