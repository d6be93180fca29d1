import domReady from '@wordpress/dom-ready'
import { createRoot } from '@wordpress/element'
import type { ReactElement } from 'react'

/** Draws a screen into the element that the server printed for it; without one nothing happens. */
export function mount(id: string, screen: () => ReactElement): void {
  domReady(() => {
    const element = document.getElementById(id)
    if (element === null) return
    // What stands there is for whoever has no scripts.
    element.replaceChildren()
    createRoot(element).render(screen())
  })
}
