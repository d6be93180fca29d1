<?php
/**
 * How often something happened, or came to.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

/**
 * Compiles `count` and `distinct`: signal, window, least, greatest.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int>
 */
function compile_count( \stdClass $node, string $path, array $plan ): array {
	$kind = 'count' === $node->op ? 'times' : 'distinct';
	return array(
		signal_member( $node, 'slot', $path, $plan, array( $kind ) ),
		window_member( $node, $path ),
		...range_member( $node, $path ),
	);
}

/**
 * How often an event happened, exactly, ever or in a window.
 *
 * @param array<int, mixed> $node Of `compile_count`.
 */
function match_count( Scope $scope, array $node ): int {
	list( , , $signal, $window, $least, $greatest ) = $node;
	return count_in_window( $scope, state_at( $scope, $signal )['times'], $window, $least, $greatest );
}

/**
 * How many different values a property had, ever or in a window.
 *
 * @param array<int, mixed> $node Of `compile_count`.
 */
function match_distinct( Scope $scope, array $node ): int {
	list( , , $signal, $window, $least, $greatest ) = $node;
	$times                                        = \array_column( state_at( $scope, $signal )['values'], 1 );
	return count_in_window( $scope, $times, $window, $least, $greatest );
}

/**
 * Compiles `total`: signal, least, greatest.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return list<int>
 */
function compile_total( \stdClass $node, string $path, array $plan ): array {
	return array( signal_member( $node, 'slot', $path, $plan, array( 'total' ) ), ...range_member( $node, $path ) );
}

/**
 * A count or an aggregate of everything that ever happened; the least or greatest of nothing is unknown.
 *
 * @param array<int, mixed> $node Of `compile_total`.
 */
function match_total( Scope $scope, array $node ): int {
	list( , , $signal, $least, $greatest ) = $node;
	$total                               = state_at( $scope, $signal )['total'];
	if ( null === $total ) {
		return answer( $scope, UNKNOWN, NEVER );
	}
	return answer( $scope, $total >= $least && $total <= $greatest ? IS_TRUE : IS_FALSE, NEVER );
}
