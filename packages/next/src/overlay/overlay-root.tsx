import { type JSX, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { Overlay } from './overlay.tsx'
import { STYLES } from './styles.ts'

/** Holds the overlay in a shadow root, so that neither the site's styles nor its own leak. */
export function OverlayRoot(): JSX.Element | null {
  const [root, setRoot] = useState<ShadowRoot>()

  useEffect(() => {
    const host = document.createElement('attune-overlay')
    document.body.append(host)
    setRoot(host.attachShadow({ mode: 'open' }))
    return () => host.remove()
  }, [])

  if (root === undefined) return null
  const content = (
    <>
      <style>{STYLES}</style>
      <Overlay />
    </>
  )
  // A ShadowRoot is a DocumentFragment, which React's types allow.
  return createPortal(content, root)
}
