'use client'

import { type ComponentType, type JSX, useEffect, useState } from 'react'

// Set beside the signed preview, which no script can read.
const MARKER = /(?:^|; )attune_preview_on=1(?:;|$)/

/**
 * The developer overlay: why each placement shows what it shows, and the page as somebody else or at another time. Put it
 * once into the root layout. In production it appears, and is loaded, only with a signed preview.
 */
export function AttuneOverlay(): JSX.Element | null {
  const [Panel, setPanel] = useState<ComponentType>()

  useEffect(() => {
    if (process.env.NODE_ENV === 'production' && !MARKER.test(document.cookie)) return
    // Without the overlay the page is the same page.
    import('./overlay/overlay-root.tsx').then(({ OverlayRoot }) => setPanel(() => OverlayRoot), console.error)
  }, [])

  return Panel === undefined ? null : <Panel />
}
