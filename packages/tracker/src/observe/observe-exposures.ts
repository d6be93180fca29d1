import type { Observer } from './observer.ts'
import { watchSeen } from './watch-seen.ts'

/** Records `exposure` once for each placement of which half was in view for a second; of a live one, for each variant that was. */
export const observeExposures: Observer = (view) => {
  const exposed = new Set<string>()
  watchSeen(view, '[data-attune-placement]', (element) => {
    const placement = element.getAttribute('data-attune-placement') ?? ''
    const variant = element.getAttribute('data-attune-variant') ?? ''
    const shown = element.hasAttribute('data-attune-live') ? `${placement} ${variant}` : placement
    if (exposed.has(shown)) return
    exposed.add(shown)
    view.record('exposure', { placement, variant })
  })
}
