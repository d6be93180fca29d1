import { startChunk } from '../chunk/start-chunk.ts'
import type { Observer } from '../observe/observer.ts'
import { watchLife } from '../observe/watch-life.ts'
import { safely } from '../safely.ts'
import { carryOn } from './session.ts'

// As often as signs of life are written down, milliseconds.
const BETWEEN = 60_000

/**
 * Keeps the session of this visitor going; where it is over, or the address has a campaign, the part `session` sees to it.
 * `data-attune-session="off"` keeps none.
 */
export const keepSession: Observer = (view) => {
  const { document, now, isOpen, scope } = view
  if (document.querySelector('[data-attune-session=off]')) return
  let noted = now()
  const begin = (sign?: Event) => startChunk(view, 'session', sign)
  const arrive = () => {
    if (scope[0] && (/[?&]utm_/.test(document.location.search) || !carryOn(view, 1))) begin()
  }
  const live = (sign: Event) => {
    // Whoever turns to another window says nothing of this one.
    if (sign.type === 'blur' || Math.abs(now() - noted) < BETWEEN || document.hidden || !isOpen()) return
    noted = now()
    if (!carryOn(view)) begin(sign)
  }
  // Whoever asks for the visitor while the script starts is told of the pages before this one.
  void Promise.resolve().then(() => safely(arrive))
  watchLife(view, live, () => {
    if (isOpen()) carryOn(view)
  })
}
