import type { ChunkObserver } from '../observe/observer.ts'
import { beginSession } from './begin-session.ts'
import { carryOn } from './session.ts'
import { campaignOf, readTouch } from './touch.ts'
import { loadTouches } from './touches.ts'

/**
 * Begins a session, unless one goes on and the address has no campaign but the session's. `sign` is what somebody did who comes back to a
 * page: they arrived at it long ago.
 */
export const observeSession: ChunkObserver = (view, sign) => {
  const { window, referrer, isOpen } = view
  const { location } = window
  // Another tab may have taken the consent away meanwhile.
  if (!isOpen()) return
  const touch = sign ? { landing: location.pathname } : readTouch(location, referrer)
  const campaign = campaignOf(touch)
  const isNew = campaign && campaign !== loadTouches(window)?.campaign
  if (isNew || !carryOn(view, sign ? 0 : 1)) beginSession(view, touch)
}
