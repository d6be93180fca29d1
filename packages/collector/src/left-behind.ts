import { isErased, isMoved } from '@attune/storage'
import type { Site } from './site.ts'

// A tracker gives a request up after 10 s, servers and proxies mostly after 60: by then an answer to the sign-in has come, or never will.
const SETTLED_MS = 60_000

/**
 * Tells whether a browser that comes at `now` with the cookie of before a sign-in at `movedAt` (milliseconds both) has that as its own: an answer to
 * what it sent before came after that of the sign-in. Sooner the account's cookie may be on its way, and nothing is to be taken away that it brings.
 */
export function isSettled(movedAt: number | undefined, now: number): boolean {
  return movedAt !== undefined && now - movedAt >= SETTLED_MS
}

/**
 * Tells the same of a visitor whom a store knows no profile of. Its cookie is of no use any more: whoever has it begins anew, and is handed nothing of
 * the account's. Rejects when the store does.
 */
export async function isLeftBehind({ store, compiled, clock }: Site, visitor: string): Promise<boolean> {
  try {
    await store.rehearse?.({ visitor, events: [], plan: compiled.plan })
    return false
  } catch (error) {
    if (isMoved(error)) return isSettled(error.at, clock())
    // The next batch takes its cookies away.
    if (isErased(error)) return false
    throw error
  }
}
