import { listen } from '../scope.ts'
import type { Observer } from './observer.ts'

const SEEN_AFTER = 1_000

/** Records `exposure` once for each placement of which half was in view for a second. */
export const observeExposures: Observer = ({ environment: { window, later }, scope, record }) => {
  const { document } = window
  const seen = new Set<string>()
  const pending = new Map<Element, () => void>()
  const expose = (element: Element) => {
    const placement = element.getAttribute('data-attune-placement') ?? ''
    if (seen.has(placement)) return
    seen.add(placement)
    record('exposure', { placement, variant: element.getAttribute('data-attune-variant') ?? '' })
  }
  const views = new window.IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRatio } of entries) {
        pending.get(target)?.()
        pending.delete(target)
        if (isIntersecting && intersectionRatio >= 0.5) {
          pending.set(
            target,
            later(() => expose(target), SEEN_AFTER),
          )
        }
      }
    },
    { threshold: 0.5 },
  )
  // Observing an element twice does nothing, so the whole page can be asked again.
  const scan = () => {
    for (const element of document.querySelectorAll('[data-attune-placement]')) views.observe(element)
  }
  const stop = () => {
    views.disconnect()
    for (const cancel of pending.values()) cancel()
  }
  const changes = new window.MutationObserver(scan)
  changes.observe(document, { subtree: true, childList: true })
  scan()
  listen(scope, document, 'visibilitychange', () => {
    stop()
    // A hidden page has no frames: the browser answers when it is visible again.
    scan()
  })
  scope.push(stop, () => changes.disconnect())
}
