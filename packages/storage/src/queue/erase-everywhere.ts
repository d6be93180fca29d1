import type { EraseResult, VisitorRights } from '../visitor-rights.ts'
import type { EventQueue } from './event-queue.ts'

/**
 * Erases a visitor from a store and the queue before it. The queue first, so that the files which the store then has written anew
 * hold nothing of it; once more after the tombstone, for what was pushed in between.
 */
export async function eraseEverywhere(
  store: Pick<VisitorRights, 'erase'>,
  queue: Pick<EventQueue, 'erase'>,
  visitor: string,
  at: number,
): Promise<EraseResult> {
  const before = await queue.erase(visitor)
  const erased = await store.erase(visitor, at)
  const after = await queue.erase(visitor)
  const again = after.queued === 0 ? undefined : await store.erase(visitor, at)
  const { leftovers } = again ?? erased
  return {
    at: erased.at,
    profiles: erased.profiles,
    events: erased.events,
    rejected: erased.rejected + (again?.rejected ?? 0),
    queued: before.queued + erased.queued + after.queued + (again?.queued ?? 0),
    leftovers: [...new Set([...leftovers, ...before.leftovers, ...after.leftovers])],
  }
}
