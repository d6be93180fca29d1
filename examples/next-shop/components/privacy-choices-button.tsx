'use client'

import type { ReactNode } from 'react'
import { reopenPrivacyChoices } from '../lib/consent.ts'

/** Opens the privacy banner again. */
export function PrivacyChoicesButton(): ReactNode {
  return (
    <button type="button" className="link-button" onClick={reopenPrivacyChoices}>
      Privacy choices
    </button>
  )
}
