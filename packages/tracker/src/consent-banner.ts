import { defineConsentElement } from './consent/banner/consent-element.ts'

export { CONSENT_TAG, type ConsentElement } from './consent/banner/consent-tag.ts'
export { type ConsentTexts, ENGLISH } from './consent/banner/texts.ts'

/** Defines `<attune-consent>` on this page; on a server, where there is none, it does nothing. */
export function defineConsent(): void {
  if (typeof window !== 'undefined') defineConsentElement(window)
}
