import { KEPT_REJECTIONS, MAX_REJECTED_TEXT, type RejectedEvent } from '../profile-store.ts'
import { REJECT } from './scripts.ts'
import type { StoreSpace } from './store-space.ts'

/** Counts and keeps refused events in one atomic step. */
export async function rejectEvents(
  { commands, keys }: StoreSpace,
  rejected: readonly RejectedEvent[],
): Promise<void> {
  if (rejected.length === 0) return
  const texts = rejected.flatMap(({ reason, time, event }) => [
    reason,
    JSON.stringify([reason, time, event.slice(0, MAX_REJECTED_TEXT)]),
  ])
  await commands.run(REJECT, [keys.rejectedCounts, keys.rejected], [KEPT_REJECTIONS, ...texts])
}

/** How many events were ever refused, by reason. */
export async function countRejected({
  commands,
  keys,
}: StoreSpace): Promise<{ readonly [reason: string]: number }> {
  const counts: (readonly [string, number])[] = []
  let cursor = '0'
  do {
    const [reply] = await commands.pipeline([['HSCAN', keys.rejectedCounts, cursor, 'COUNT', 1000]])
    const [next, pairs] = reply as readonly [string, readonly string[]]
    for (let at = 0; at < pairs.length; at += 2) counts.push([pairs[at]!, Number(pairs[at + 1])])
    cursor = next
  } while (cursor !== '0')
  return Object.fromEntries(counts)
}
