import { safely } from '../safely.ts'
import type { Observer } from './observer.ts'

/** Records `share` for what the page shared by the browser's own menu, once the visitor chose where to. */
export const observeShares: Observer = ({ environment: { window }, scope, record }) => {
  const { navigator } = window
  const original = navigator.share
  if (!original) return
  let ended = false
  const share: typeof original = async (data) => {
    // Called before anything is waited for: the browser asks for a press of the visitor's just now.
    await original.call(navigator, data)
    if (!ended) safely(() => record('share', { method: 'web_share' }))
  }
  navigator.share = share
  scope.push(() => {
    ended = true
    // Somebody may have wrapped it once more.
    if (navigator.share === share) navigator.share = original
  })
}
