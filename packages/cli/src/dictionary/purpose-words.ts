import type { Purpose } from '@attune/core'

/** What the visitor has to have allowed, in words. */
export const PURPOSE_WORDS: { readonly [purpose in Purpose]: string } = {
  functional: 'nothing: it is needed for what the visitor asked for',
  preferences: 'personalising',
  'statistics-anonymous': 'counting without a visitor’s id',
  statistics: 'measuring',
  marketing: 'advertising',
}
