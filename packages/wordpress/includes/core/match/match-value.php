<?php
/**
 * Values of traits, of the request's context and of recorded contexts; consent.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

const TRAIT_PREFIX = 'trait.';

/**
 * Compiles `attr`: field, kind of test, what it wants.
 *
 * @param array<string, array{int, string, string, string}> $fields By path, its number and where it is read; grows.
 * @return array{int, string, mixed}
 */
function compile_attr( \stdClass $node, string $path, array &$fields ): array {
	$asked              = text_member( $node, 'path', $path );
	$fields[ $asked ] ??= array( \count( $fields ), ...compile_field( $asked ) );
	return array( $fields[ $asked ][0], ...compile_node_test( $node, $path ) );
}

/**
 * Where a path is read: `trait`, `context` or a `group` of it, or `nowhere`; group, name.
 *
 * @return array{string, string, string}
 */
function compile_field( string $path ): array {
	$is_trait             = \str_starts_with( $path, TRAIT_PREFIX );
	list( $group, $name ) = $is_trait ? array( '', \substr( $path, \strlen( TRAIT_PREFIX ) ) ) : split_path( $path );
	// PHP's objects hold no names that begin with NUL.
	if ( \str_starts_with( $name, "\0" ) || \str_starts_with( $group, "\0" ) ) {
		return array( 'nowhere', '', '' );
	}
	return array( $is_trait ? 'trait' : ( '' === $group ? 'context' : 'group' ), $group, $name );
}

/**
 * Compiles the test that a node carries.
 *
 * @return array{string, mixed}
 * @throws \InvalidArgumentException When it carries none.
 */
function compile_node_test( \stdClass $node, string $path ): array {
	try {
		return compile_test( (array) $node );
	} catch ( \InvalidArgumentException $error ) {
		throw damaged( $path, 'right: ' . $error->getMessage() );
	}
}

/**
 * A trait or a value of the request's context passes a test; its answer never changes by time alone.
 *
 * @param array<int, mixed> $node Of `compile_attr`.
 */
function match_attr( Scope $scope, array $node ): int {
	list( , , $field, $kind, $wanted ) = $node;
	$scope->until                      = NEVER;
	return test_value( $kind, $wanted, $scope->values[ $field ] ?? read_field( $scope, $field ) );
}

/** Reads a field, once a question. What is missing is kept as an object, which tests take for the same. */
function read_field( Scope $scope, int $field ): mixed {
	list( , $source, $group, $name ) = $scope->compiled['fields'][ $field ];
	switch ( $source ) {
		case 'group':
			// Of a group that is no object there are no members.
			$value = $scope->context->{$group}->{$name} ?? null;
			break;
		case 'context':
			$value = $scope->context->{$name} ?? null;
			break;
		case 'trait':
			$value = $scope->profile->traits->{$name} ?? null;
			break;
		default:
			$value = null;
	}
	return $scope->values[ $field ] = $value ?? $scope->context;
}

/**
 * Compiles `touch`: signal, first or last, kind of test, what it wants.
 *
 * @param array<string, mixed> $plan Compiled.
 * @return array{int, string, string, mixed}
 */
function compile_touch( \stdClass $node, string $path, array $plan ): array {
	$which = text_member( $node, 'which', $path );
	if ( 'first' !== $which && 'last' !== $which ) {
		throw damaged( "{$path}.which", 'first or last' );
	}
	return array( signal_member( $node, 'slot', $path, $plan, array( 'touch' ) ), $which, ...compile_node_test( $node, $path ) );
}

/**
 * The first or last value of a path that an event carried passes a test; it is missing when none carried one.
 *
 * @param array<int, mixed> $node Of `compile_touch`.
 */
function match_touch( Scope $scope, array $node ): int {
	list( , , $signal, $which, $kind, $wanted ) = $node;
	return answer( $scope, test_value( $kind, $wanted, state_at( $scope, $signal )[ $which ]['value'] ?? null ), NEVER );
}

/**
 * Compiles `consent`: the purpose's bit.
 *
 * @return list<int>
 */
function compile_consent( \stdClass $node, string $path ): array {
	return array( whole_member( $node, 'bit', $path, 0, ALL_PURPOSES ) );
}

/**
 * A purpose is granted; the one condition that withdrawing consent may make true, under `not`.
 *
 * @param array<int, mixed> $node Of `compile_consent`.
 */
function match_consent( Scope $scope, array $node ): int {
	return answer( $scope, 0 !== ( $node[2] & ~$scope->denied ) ? IS_TRUE : IS_FALSE, NEVER );
}
