<?php
/**
 * The text that WordPress suggests for a privacy policy.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune;

/** Suggests it; for `admin_init`. */
function suggest_policy(): void {
	wp_add_privacy_policy_content( 'Attune', wp_kses_post( policy_text() ) );
}

/** The text, by the settings as they are. */
function policy_text(): string {
	$settings = settings();
	$parts    = array(
		'<p class="privacy-policy-tutorial">' . esc_html__( 'Attune shows parts of pages to groups of visitors. What it remembers, and where, follows from the settings of this site; read the text once more when you change them.', 'attune' ) . '</p>',
		'<strong class="privacy-policy-tutorial">' . esc_html__( 'Suggested text:', 'attune' ) . '</strong> ',
		'<p>' . esc_html__( 'Parts of this site are shown to visitors for whom they are likely to be useful. With your consent to preferences, what you look at here is summed up as counts, times and interests; they say nothing of your name, and no address of your network is kept.', 'attune' ) . '</p>',
	);
	$parts[]  = '' === $settings['collector']
		? '<p>' . esc_html__( 'This summary stays in your browser. A cookie, attune_k, tells the site in which groups you are, for at most 24 hours.', 'attune' ) . '</p>'
		: '<p>' . esc_html(
			sprintf(
				/* translators: %s: host name of the collector. */
				__( 'This summary is kept under a random number (cookie attune_visitor, 400 days) at %s. A signed copy of it, attune_token, is renewed at least every 24 hours.', 'attune' ),
				(string) wp_parse_url( $settings['collector'], PHP_URL_HOST )
			)
		) . '</p>';
	if ( class_exists( 'WooCommerce' ) ) {
		$parts[] = '<p>' . esc_html(
			sprintf(
				/* translators: %d: number of days. */
				_n( 'If you have an account, the number and sum of your orders and what you buy most often are worked out from your orders; they are used for this with your consent only, and forgotten %d day after your last order.', 'If you have an account, the number and sum of your orders and what you buy most often are worked out from your orders; they are used for this with your consent only, and forgotten %d days after your last order.', $settings['keep_days'], 'attune' ),
				$settings['keep_days']
			)
		) . '</p>';
	}
	$parts[] = '<p>' . esc_html__( 'Without consent nothing of your visits is stored, and you see what everybody sees. A browser that sends Global Privacy Control is taken at its word. When you withdraw your consent, what was remembered of your visits is deleted.', 'attune' ) . '</p>';
	if ( 'obey' === $settings['do_not_track'] ) {
		$parts[] = '<p>' . esc_html__( 'So is a browser that sends Do Not Track.', 'attune' ) . '</p>';
	}
	return implode( '', $parts );
}
