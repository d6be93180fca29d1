import { listen } from '../scope.ts'
import type { PageView } from './observer.ts'

const SEEN_AFTER = 1_000

/** Tells each time half of an element that `selector` finds, now or later, was in view for a second. */
export function watchSeen(
  { environment: { window, later }, scope }: PageView,
  selector: string,
  seen: (element: Element) => void,
): void {
  const { document } = window
  const pending = new Map<Element, () => void>()
  const views = new window.IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRatio } of entries) {
        pending.get(target)?.()
        pending.delete(target)
        if (isIntersecting && intersectionRatio >= 0.5) {
          pending.set(
            target,
            later(() => seen(target), SEEN_AFTER),
          )
        }
      }
    },
    { threshold: 0.5 },
  )
  // Observing an element twice does nothing, so the whole page can be asked again.
  const scan = () => {
    for (const element of document.querySelectorAll(selector)) views.observe(element)
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
