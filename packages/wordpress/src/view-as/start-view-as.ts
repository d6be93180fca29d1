import { openDialog } from './open-dialog.ts'
import type { ViewFacts } from './view-facts.ts'

/** Lets the menu entry open its dialog; without one, or without facts, it does nothing. */
export function startViewAs(window: Window & typeof globalThis): void {
  // Printed by our own server before this script.
  const { attuneViewAs: facts } = window as { readonly attuneViewAs?: ViewFacts }
  const entry = window.document.querySelector<HTMLAnchorElement>('#wp-admin-bar-attune-view-as > a')
  if (facts === undefined || entry === null) return
  entry.setAttribute('role', 'button')
  entry.setAttribute('aria-haspopup', 'dialog')
  const open = (event: Event): void => {
    event.preventDefault()
    openDialog(window, facts, entry)
  }
  entry.addEventListener('click', open)
  entry.addEventListener('keydown', (event) => {
    if (event.key === ' ') open(event)
  })
}
