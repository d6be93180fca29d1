import type { ReactNode } from 'react'

/** Shows the choices, as they stand: the banner's script hears the click. */
export function PrivacyChoicesButton(): ReactNode {
  return (
    <button type="button" className="link-button" data-attune-consent="open">
      Privacy choices
    </button>
  )
}
