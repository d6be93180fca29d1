import { listen } from '../scope.ts'
import type { PageView } from './observer.ts'

const SEEN_AFTER = 1_000

/** Tells each time half of an element that `selector` finds, now or later, was in view for a second. */
export function watchSeen(
  { window, later, scope }: PageView,
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
            // What rests in a live placement is not shown, though it has its place there.
            later(() => target.closest('[data-attune-rest]') ?? seen(target), SEEN_AFTER),
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
  // Another variant has not been seen yet, nor what stands in it: they are looked at anew.
  const forget = (shown: Node) => {
    if (!(shown instanceof window.Element)) return
    for (const element of [shown, ...shown.querySelectorAll(selector)]) {
      views.unobserve(element)
      pending.get(element)?.()
      pending.delete(element)
    }
  }
  const changes = new window.MutationObserver((records) => {
    for (const { type, target } of records) if (type === 'attributes') forget(target)
    scan()
  })
  changes.observe(document, { subtree: true, childList: true, attributeFilter: ['data-attune-variant'] })
  scan()
  listen(scope, document, 'visibilitychange', () => {
    stop()
    // A hidden page has no frames: the browser answers when it is visible again.
    scan()
  })
  scope.push(stop, () => changes.disconnect())
}
