import { startChunk } from '../chunk/start-chunk.ts'
import { listen } from '../scope.ts'
import type { ChunkName, Observer } from './observer.ts'

// A page may change a hundred times a second while it is built, milliseconds.
const SETTLED = 300

/** Loads the part that watches forms, videos, searches, or marks and placements, once this page view has one. */
export const findMore: Observer = (view) => {
  const { window, document, later, scope } = view
  const started = new Set<ChunkName>()
  let pending: (() => void) | undefined

  const start = (name: ChunkName, event?: Event) => {
    if (started.has(name)) return
    started.add(name)
    startChunk(view, name, event)
  }
  const scan = () => {
    pending = undefined
    if (document.querySelector('[data-attune-placement],[data-attune-on]')) start('marks')
    // The usual names first: most searches need no mark.
    const isSearch = /[?&](q|s|search)=[^&]/.test(document.location.search)
    if (isSearch || document.querySelector('[data-attune-search]')) start('search')
  }
  const changes = new window.MutationObserver(() => {
    pending ??= later(scan, SETTLED)
  })

  scan()
  changes.observe(document, { subtree: true, childList: true })
  scope.push(
    () => changes.disconnect(),
    () => pending?.(),
  )
  if (isField(document.activeElement)) start('forms')
  for (const type of ['focusin', 'input']) {
    listen(scope, document, type, (event) => {
      if (isField(event.target)) start('forms', event)
    })
  }
  listen(scope, document, 'timeupdate', (event) => start('video', event))
}

function isField(element: EventTarget | null): boolean {
  return !!(element as Partial<HTMLInputElement> | null)?.form
}
