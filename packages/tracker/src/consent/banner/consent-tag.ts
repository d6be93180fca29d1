/** The element's name. */
export const CONSENT_TAG = 'attune-consent'

/** What a page may do with the element, beside placing it. */
export interface ConsentElement extends HTMLElement {
  /** Shows the choices, as they stand. */
  openChoices(): void
}
