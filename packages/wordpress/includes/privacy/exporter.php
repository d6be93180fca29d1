<?php
/**
 * What we hold of a person, for WordPress's tools to export and erase personal data.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/**
 * Registers the exporter; for `wp_privacy_personal_data_exporters`.
 *
 * @param array<string, mixed> $exporters Others'.
 * @return array<string, mixed>
 */
function add_exporter( array $exporters ): array {
	$exporters['attune'] = array(
		'exporter_friendly_name' => __( 'Attune', 'attune' ),
		'callback'               => export_person( ... ),
	);
	return $exporters;
}

/**
 * Registers the eraser; for `wp_privacy_personal_data_erasers`.
 *
 * @param array<string, mixed> $erasers Others'.
 * @return array<string, mixed>
 */
function add_eraser( array $erasers ): array {
	$erasers['attune'] = array(
		'eraser_friendly_name' => __( 'Attune', 'attune' ),
		'callback'             => erase_person( ... ),
	);
	return $erasers;
}

/**
 * What we hold of whoever has an e-mail address.
 *
 * @return array{data: list<array<string, mixed>>, done: bool}
 */
function export_person( string $email ): array {
	$user = get_user_by( 'email', $email );
	$rows = false === $user ? array() : rows_of_person( $user->ID );
	$item = array(
		'group_id'          => 'attune',
		'group_label'       => __( 'Personalised content', 'attune' ),
		'group_description' => __( 'What this site remembers to show you content that fits.', 'attune' ),
		'item_id'           => 'attune-' . ( false === $user ? 0 : $user->ID ),
		'data'              => $rows,
	);
	return array(
		'data' => array() === $rows ? array() : array( $item ),
		'done' => true,
	);
}

/**
 * The rows of an export.
 *
 * @return list<array{name: string, value: string}>
 */
function rows_of_person( int $user ): array {
	$facts = customer_facts( $user );
	$named = array();
	if ( null !== $facts ) {
		$named = array(
			__( 'Paid orders', 'attune' )              => (string) $facts['orders'],
			__( 'Sum of orders', 'attune' )            => (string) $facts['spent'],
			__( 'First order', 'attune' )              => $facts['first'] > 0 ? gmdate( 'c', $facts['first'] ) : '',
			__( 'Last order', 'attune' )               => $facts['last'] > 0 ? gmdate( 'c', $facts['last'] ) : '',
			__( 'Products bought most often', 'attune' ) => implode( ', ', $facts['products'] ),
			__( 'Categories bought most often', 'attune' ) => implode( ', ', $facts['categories'] ),
		);
	}
	$rows = array();
	foreach ( array_filter( $named, static fn ( string $value ): bool => '' !== $value ) as $name => $value ) {
		$rows[] = compact( 'name', 'value' );
	}
	$erased = (int) get_user_meta( $user, ERASED_META, true );
	if ( $erased > 0 ) {
		$rows[] = array(
			'name'  => __( 'Erased', 'attune' ),
			'value' => gmdate( 'c', $erased ),
		);
	}
	foreach ( linked_visitors( $user ) as $visitor => $when ) {
		$rows[] = array(
			'name'  => __( 'Visitor number', 'attune' ),
			'value' => $visitor . ' (' . gmdate( 'c', $when ) . ')',
		);
	}
	return $rows;
}

/**
 * Erases what we hold of whoever has an e-mail address.
 *
 * @return array{items_removed: int, items_retained: bool, messages: list<string>, done: bool}
 */
function erase_person( string $email ): array {
	$user     = get_user_by( 'email', $email );
	$removed  = 0;
	$messages = array();
	if ( false !== $user ) {
		$visitors = array_map( 'strval', array_keys( linked_visitors( $user->ID ) ) );
		if ( array() !== $visitors && ! has_action( 'attune_erase_visitor' ) ) {
			// With the numbers gone nobody could find the profiles again.
			$messages[] = sprintf(
				/* translators: %s: numbers of visitors, with commas. */
				__( 'Attune: nothing on this site erases profiles at the collector. Erase those of these visitors there: %s', 'attune' ),
				implode( ', ', $visitors )
			);
		}
		foreach ( $visitors as $visitor ) {
			/**
			 * A person asked to be forgotten: whoever holds a profile of this visitor erases it.
			 *
			 * @param string $visitor Id.
			 */
			do_action( 'attune_erase_visitor', $visitor );
		}
		$removed = (int) delete_user_meta( $user->ID, FACTS_META ) + (int) delete_user_meta( $user->ID, VISITORS_META );
		// What their browsers keep is out of reach from here; they hear of it when the person comes back.
		update_user_meta( $user->ID, ERASED_META, time() );
	}
	return array(
		'items_removed'  => $removed,
		'items_retained' => array() !== $messages,
		'messages'       => $messages,
		'done'           => true,
	);
}
