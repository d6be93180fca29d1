import { safely } from '../safely.ts'
import type { Observer } from './observer.ts'

/** Records `share` for what the page shared by the browser's own menu, once the visitor chose where to. */
export const observeShares: Observer = ({ window, scope, record }) => {
  const { navigator } = window
  const original = navigator.share
  if (!original) return
  const share: typeof original = async (data) => {
    // Called before anything is waited for: the browser asks for a press of the visitor's just now.
    await original.call(navigator, data)
    // A scope that has ended is empty.
    if (scope[0]) safely(() => record('share', { method: 'web_share' }))
  }
  navigator.share = share
  scope.push(() => {
    // Somebody may have wrapped it once more.
    if (navigator.share === share) navigator.share = original
  })
}
