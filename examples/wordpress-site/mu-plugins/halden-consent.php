<?php
/**
 * Asks whether what a visitor does may be remembered, and lets them change their mind. A site with a consent plugin has no use
 * for it: Attune hears that through the WP Consent API.
 *
 * Plugin Name: Halden Coffee: the question
 */

declare( strict_types=1 );

add_action( 'wp_footer', 'halden_consent' );

/** Prints the question: the same for everybody, and hidden until the browser knows that it was not answered. */
function halden_consent(): void {
	?>
	<style>
		.halden-consent { position: fixed; inset: auto 1rem 1rem; z-index: 99; max-width: 34rem; margin-inline: auto; padding: 1rem 1.25rem; border-radius: 6px; background: #111; color: #fff; font-size: 0.95rem; }
		.halden-consent[hidden] { display: none; }
		.halden-consent p { margin: 0 0 0.75rem; }
		.halden-consent button, .halden-choice { font: inherit; cursor: pointer; }
		.halden-consent button { min-height: 2.5rem; padding: 0 1rem; margin-inline-end: 0.5rem; border: 1px solid #fff; border-radius: 4px; background: #fff; color: #111; }
		.halden-choice { display: block; margin: 1rem auto; border: 0; background: none; color: inherit; text-decoration: underline; }
	</style>
	<button class="halden-choice" type="button">Privacy choice</button>
	<section class="halden-consent" aria-label="Privacy" hidden>
		<p>May this site remember, in your browser only, which pages you read, to show you what fits?</p>
		<button type="button" data-choice="all">Yes</button>
		<button type="button" data-choice="none">No</button>
	</section>
	<script>
		( function () {
			var question = document.querySelector( '.halden-consent' );
			question.hidden = /(^|; )attune_consent=/.test( document.cookie );
			document.querySelector( '.halden-choice' ).onclick = function () {
				question.hidden = false;
				question.querySelector( 'button' ).focus();
			};
			question.onclick = function ( event ) {
				var choice = event.target.dataset.choice;
				if ( ! choice || ! window.attune ) {
					return;
				}
				window.attune.consent( choice );
				question.hidden = true;
			};
		} )();
	</script>
	<?php
}
