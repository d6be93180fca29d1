import { saveQueue } from '../queue/mirror.ts'
import { safely } from '../safely.ts'
import { forgetSession } from '../session/forget-session.ts'
import { dropKept } from './kept-profile.ts'
import { scopeStorage } from './scope-storage.ts'

/**
 * Forgets whoever was here, whatever they allowed: the profile, the session, how they came, and what was not told yet. Call it before
 * the tracker starts; what they answered to the banner stays, as it is the browser's. Never throws.
 */
export function forgetVisitor(window: Window & typeof globalThis, scope = ''): void {
  const page = scopeStorage(window, scope)
  dropKept(page)
  safely(() => forgetSession(page))
  saveQueue(page, [[], 0, 0])
}
