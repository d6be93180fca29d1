<?php
/**
 * Measures a request from inside: what it cost from the first plugin on, and what stood in it. Behind the page as a comment.
 */

declare( strict_types=1 );

// X-Bench: without, with settings of a mode, or naming what is timed apart.
$bench_how = (string) ( $_SERVER['HTTP_X_BENCH'] ?? '' );
if ( 'without' === $bench_how || str_starts_with( $bench_how, 'least' ) ) {
	add_filter( 'option_active_plugins', static fn (): array => array() );
}
// The least that a plugin with such blocks can do: it shows the last variant, or all of them, and decides nothing.
if ( str_starts_with( $bench_how, 'least' ) ) {
	add_action(
		'init',
		static function () use ( $bench_how ): void {
			$render = static function ( array $attributes, string $content, WP_Block $block ) use ( $bench_how ): string {
				$html = '';
				foreach ( 'least-all' === $bench_how ? array( 0, 1, 2, 3 ) : array( 3 ) as $place ) {
					$html .= $block->inner_blocks[ $place ]->render( array( 'dynamic' => false ) );
				}
				return $html;
			};
			register_block_type( 'attune/adaptive', array( 'render_callback' => $render, 'skip_inner_blocks' => true ) );
			register_block_type( 'attune/variant', array( 'render_callback' => '__return_empty_string', 'skip_inner_blocks' => true ) );
		}
	);
}
if ( str_starts_with( $bench_how, 'own' ) ) {
	// What other code says of a page that is one visitor's.
	define( 'DONOTCACHEPAGE', true );
}
if ( '' !== $bench_how ) {
	add_filter( 'option_attune_ruleset', static fn ( $kept ) => get_option( 'bench_rulesets' )[ $_SERVER['HTTP_X_RULESET'] ?? 'attributes' ] ?? $kept );
}

/** CPU time of this process in microseconds. */
function bench_cpu(): int {
	$used = getrusage();
	return ( $used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec'] ) * 1000000 + $used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec'];
}

$bench_from = array( hrtime( true ), bench_cpu() );
add_action(
	'shutdown',
	static function () use ( $bench_from ): void {
		$wall = ( hrtime( true ) - $bench_from[0] ) / 1000;
		$told = array(
			'wall'    => $wall,
			'cpu'     => bench_cpu() - $bench_from[1],
			'queries' => get_num_queries(),
			'files'   => count( get_included_files() ),
			'parts'   => $GLOBALS['bench_parts'] ?? null,
		);
		echo '<!--bench ', json_encode( $told ), '-->';
	},
	PHP_INT_MAX
);

// What loading costs, before anything of ours was loaded for the page.
if ( 'parts' === $bench_how ) {
	add_action(
		'template_redirect',
		static function (): void {
			$time = static function ( callable $do ): float {
				$from = hrtime( true );
				$do();
				return ( hrtime( true ) - $from ) / 1000;
			};
			$GLOBALS['bench_parts'] = array(
				'core'    => $time( static fn () => Attune\load_deciding() ),
				'stage'   => $time( static fn () => Attune\load_stage() ),
				'ruleset' => $time( static fn () => Attune\load_ruleset() ),
			);
		},
		-1
	);
}
