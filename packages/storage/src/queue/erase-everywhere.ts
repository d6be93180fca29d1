import type { VisitorMerging } from '../visitor-merging.ts'
import type { EraseResult, FilesAnew, VisitorRights } from '../visitor-rights.ts'
import type { EventQueue, QueueErasure } from './event-queue.ts'

/**
 * Erases a visitor from a store and the queue before it, with those that were merged into it. The queue first, so that the files which the store then has
 * written anew hold nothing of it; once more after the tombstone, for what was pushed in between.
 */
export async function eraseEverywhere(
  store: Pick<VisitorRights, 'erase'> & Partial<VisitorMerging>,
  queue: Pick<EventQueue, 'erase'>,
  visitor: string,
  at: number,
  files?: FilesAnew,
): Promise<EraseResult> {
  const visitors = [visitor, ...((await store.absorbedBy?.(visitor)) ?? [])]
  const before = await eraseAll(queue, visitors)
  const erased = await store.erase(visitor, at, files)
  const after = await eraseAll(queue, visitors)
  const again = after.queued === 0 ? undefined : await store.erase(visitor, at, files)
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

async function eraseAll(
  queue: Pick<EventQueue, 'erase'>,
  visitors: readonly string[],
): Promise<QueueErasure> {
  const erasures: QueueErasure[] = []
  for (const visitor of visitors) erasures.push(await queue.erase(visitor))
  return {
    queued: erasures.reduce((sum, { queued }) => sum + queued, 0),
    leftovers: erasures.flatMap(({ leftovers }) => leftovers),
  }
}
