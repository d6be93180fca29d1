import { ConsentBanner } from '@attune/next/consent'
import type { ReactNode } from 'react'

// Named in the log of answers: change it with the texts.
const VERSION = '2026-11-23'

const TEXTS = {
  title: 'Your visit, your choice',
  text: 'With your permission we remember what you look at, to show what fits, and count visits to improve the shop.',
  privacy: 'How we do it',
  purposes: {
    preferences: { name: 'Preferences', text: 'Show me what fits what I looked at.' },
    statistics: { name: 'Statistics', text: 'Count my visit, to improve the shop.' },
  },
}

/** Asks once what may be remembered; the layout puts it first on every page, so that the keyboard reaches it first. */
export function Consent(): ReactNode {
  return (
    <ConsentBanner
      src="/scripts/attune-consent.js"
      privacy="/privacy"
      data="/attune/my-data"
      log="/attune/consent"
      version={VERSION}
      texts={TEXTS}
    />
  )
}
