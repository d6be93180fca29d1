import type { Observer } from './observer.ts'
import { watchSeen } from './watch-seen.ts'

/** Records `exposure` once for each placement of which half was in view for a second. */
export const observeExposures: Observer = (view) => {
  const exposed = new Set<string>()
  watchSeen(view, '[data-attune-placement]', (element) => {
    const placement = element.getAttribute('data-attune-placement') ?? ''
    if (exposed.has(placement)) return
    exposed.add(placement)
    view.record('exposure', { placement, variant: element.getAttribute('data-attune-variant') ?? '' })
  })
}
