import { listen } from '../scope.ts'
import type { PageView } from './observer.ts'

/** Calls `sign` when somebody does something on the page or comes back to it, and `rest` when it is hidden or left. */
export function watchLife(
  { window, document, scope }: PageView,
  sign: (event: Event) => void,
  rest: () => void,
): void {
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'scroll', 'focus', 'blur']) {
    listen(scope, window, type, sign)
  }
  listen(scope, document, 'visibilitychange', (event) => (document.hidden ? rest() : sign(event)))
  listen(scope, window, 'pagehide', rest)
}
