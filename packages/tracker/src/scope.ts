import { safely } from './safely.ts'

/** What has to be undone when a page view ends. */
export type Scope = (() => void)[]

/** Listens until the scope ends. What the handler throws never reaches the page. */
export function listen(
  scope: Scope,
  target: EventTarget,
  type: string,
  handler: (event: Event) => void,
): void {
  const guarded = (event: Event) => safely(() => handler(event))
  // Capturing, because a page that stops an event on its way must not make us deaf.
  target.addEventListener(type, guarded, true)
  scope.push(() => target.removeEventListener(type, guarded, true))
}

/** Undoes everything, once. */
export function endScope(scope: Scope): void {
  scope.splice(0).map(safely)
}
