<?php
/**
 * The conductor of one placement: how it is delivered, which variant it shows, and its HTML.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** A placement and how its contents come to be HTML. */
final class Stage {

	/**
	 * @param callable( int ): string $render HTML of the variant at a place; called for those that are needed, and no others.
	 * @param int                     $bytes  Length of the source of all variants.
	 * @param string                  $class  Classes for the element that may stand around them.
	 */
	public function __construct(
		public readonly Placement $placement,
		public readonly mixed $render,
		public readonly int $bytes = 0,
		public readonly string $class = ''
	) {}

	/** HTML of the variant at a place; '' where there is none. */
	public function html_of( int $index ): string {
		return isset( $this->placement->variants[ $index ] ) ? ( $this->render )( $index ) : '';
	}
}

/** How a placement will be rendered. */
final class Rendering {

	/**
	 * @param list<int>          $places   Of the variants that take part.
	 * @param \Closure(): string $html     Renders them.
	 * @param bool               $is_plain One variant, and nothing around it.
	 */
	public function __construct(
		public readonly array $places,
		public readonly \Closure $html,
		public readonly bool $is_plain = false
	) {}
}

/** Renders a placement. Whatever fails while deciding shows the default. */
function render_placement( Stage $stage ): string {
	// What other code's blocks throw while they are rendered is not ours to catch.
	return ( plan_rendering( $stage )->html )();
}

/** Decides how a placement is rendered, without rendering any of it. Never throws. */
function plan_rendering( Stage $stage ): Rendering {
	try {
		$ruleset = load_ruleset();
		return null === $ruleset ? plan_default( $stage ) : plan_by_ruleset( $stage, $ruleset );
	} catch ( \Throwable $error ) {
		report_error( $error, 'render-placement' );
		return plan_default( $stage );
	}
}

/** One variant and nothing around it. */
function plan_one( Stage $stage, int $index ): Rendering {
	return new Rendering( array( $index ), static fn (): string => $stage->html_of( $index ), true );
}

/** The default, and nothing around it. */
function plan_default( Stage $stage ): Rendering {
	return plan_one( $stage, $stage->placement->default_index );
}

/** @param array<string, mixed> $ruleset As load_ruleset() gives it. */
function plan_by_ruleset( Stage $stage, array $ruleset ): Rendering {
	$placement = $stage->placement;
	$page      = page_facts();
	$mode      = is_aside() ? 'static' : delivery_of( $placement, $page, $ruleset, $stage->bytes );
	switch ( $mode ) {
		case 'server':
			return plan_server( $stage, $page, $ruleset );
		case 'keyed':
			return plan_shared( $stage, $ruleset, read_request_key( $ruleset ) );
		case 'inline':
			return plan_inline( $stage, $ruleset );
		case 'fragment':
			return plan_fragment( $stage, $ruleset );
		case 'edge':
			return plan_edge( $stage, $ruleset );
		default:
			return plan_default( $stage );
	}
}

/** The variant of whoever looks, on a page that is theirs alone; or of everybody, where nothing else is looked at. */
function plan_server( Stage $stage, Page_Facts $page, array $ruleset ): Rendering {
	if ( 'static' === placement_scope( $stage->placement, $ruleset ) && null === view_as() ) {
		return plan_shared( $stage, $ruleset, array() );
	}
	$asked = is_bot() ? null : personalize();
	if ( null === $asked ) {
		return plan_default( $stage );
	}
	// Buckets are the browser's where the browser keeps the profile.
	if ( 'experiment' === $stage->placement->strategy && null === $asked->question->visitor && '' === settings()['collector'] && ! is_decided_by_ruleset( $stage->placement, $ruleset ) ) {
		return plan_inline( $stage, $ruleset );
	}
	$choice = choose_variant( $stage->placement, $asked->ruleset, $asked->question );
	if ( $page->is_cacheable ) {
		refuse_caches();
	}
	return null === view_as()
		? plan_one( $stage, $choice->index )
		: new Rendering( array( $choice->index ), static fn (): string => badged( $stage, $choice, $stage->html_of( $choice->index ) ) );
}

/** The variant of everybody who carries a key, on a page that caches keep under it. */
function plan_shared( Stage $stage, array $ruleset, array $truths ): Rendering {
	$choice = choose_by_key( $stage->placement, $ruleset, $truths, time() * 1000 );
	note_horizon( $choice->until );
	return plan_one( $stage, $choice->index );
}

/** Every variant that a browser may choose. */
function plan_inline( Stage $stage, array $ruleset ): Rendering {
	$placement = $stage->placement;
	$told      = told_entries( $placement, $ruleset, tell_place( $ruleset ) );
	list( $entries, $shown ) = until_everybody( $placement, $told, null !== $ruleset['holdout'] );
	if ( array() === $entries || '' === resolver_text() ) {
		return plan_one( $stage, $shown );
	}
	$html = static fn (): string => before_placement()
		. inline_markup( $placement, $ruleset['hash'], $entries, told_variants( $stage, $entries ), $stage->html_of( $shown ), $stage->class );
	return new Rendering( told_places( $placement, $entries, $shown ), $html );
}

/**
 * Entries up to the first that is everybody's at any time, and the place of what is shown where none of them is chosen. With a
 * holdout nothing is everybody's: whoever is held out sees the default, and only their browser knows.
 *
 * @param list<list<mixed>> $entries As entries_of() gives them.
 * @return array{list<list<mixed>>, int}
 */
function until_everybody( Placement $placement, array $entries, bool $has_holdout ): array {
	foreach ( $entries as $place => $entry ) {
		if ( 'all' === $entry[1] && array() === $entry[2] && ! isset( $entry[3] ) && ! isset( $entry[4] ) ) {
			return $has_holdout
				? array( array_slice( $entries, 0, $place + 1 ), $placement->default_index )
				: array( array_slice( $entries, 0, $place ), $placement->index_of( $entry[0] ) );
		}
	}
	return array( $entries, $placement->default_index );
}

/** What everybody may see, and what fetches the variant. */
function plan_fragment( Stage $stage, array $ruleset ): Rendering {
	$places = places_of( told_entries( $stage->placement, $ruleset, tell_place( $ruleset ) ) );
	$is_own = is_own( $stage->placement, $ruleset );
	$choice = choose_by_key( $stage->placement, $ruleset, array(), time() * 1000 );
	note_horizon( $choice->until );
	// Without a collector nobody has the cookies by which a visitor's own is decided.
	if ( array() === $places && ( ! $is_own || '' === settings()['collector'] ) ) {
		return plan_one( $stage, $choice->index );
	}
	$source = source_post( $stage->placement->id );
	$html   = static function () use ( $stage, $source, $places, $is_own, $choice ): string {
		Page_Scripts::$needs_script = true;
		return fragment_markup( new Fragment_Asked( $stage->placement, $source, $places, $is_own ), $stage->html_of( $choice->index ), $stage->class );
	};
	return new Rendering( array( $choice->index ), $html );
}

/** Every variant, for an edge. */
function plan_edge( Stage $stage, array $ruleset ): Rendering {
	$entries = told_entries( $stage->placement, $ruleset, tell_name() );
	$default = $stage->placement->default_index;
	$html    = static fn (): string => edge_markup( $stage->placement, $entries, told_variants( $stage, $entries ), $stage->html_of( $default ) );
	return new Rendering( told_places( $stage->placement, $entries, $default ), $html );
}

/** The question of whoever gets this page, which assumes nothing of them. Every placement of a page asks it. */
function nobody_asks(): Core\Question {
	static $asked = array();
	$now  = time();
	$said = $now . ( $_SERVER['HTTP_HOST'] ?? '' ) . ' ' . ( $_SERVER['REQUEST_URI'] ?? '' );
	if ( ! isset( $asked[ $said ] ) ) {
		$asked = array( $said => new Core\Question( unheard_profile(), page_context(), Core\NO_CONSENT, $now * 1000 ) );
	}
	return $asked[ $said ];
}

/** What somebody else chooses from; notes until when that is right. */
function told_entries( Placement $placement, array $ruleset, callable $tell ): array {
	$asking  = open_asking( $ruleset, nobody_asks(), true );
	$entries = entries_of( $placement, $asking, $tell );
	note_horizon( $asking->until );
	return $entries;
}

/** HTML of each variant that an entry names, by its key. */
function told_variants( Stage $stage, array $entries ): array {
	$variants = array();
	foreach ( $entries as list( $key ) ) {
		$variants[ $key ] = $stage->html_of( $stage->placement->index_of( $key ) );
	}
	return $variants;
}

/** Places of the variants that entries name, and of what is shown otherwise. */
function told_places( Placement $placement, array $entries, int $shown ): array {
	return array( ...array_map( static fn ( array $entry ): int => $placement->index_of( $entry[0] ), $entries ), $shown );
}
