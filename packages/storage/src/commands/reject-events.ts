import { KEPT_REJECTIONS, MAX_REJECTED_TEXT, type RejectedEvent } from '../profile-store.ts'
import type { RedisCommand } from './redis-commands.ts'
import { REJECT } from './scripts.ts'
import type { StoreSpace } from './store-space.ts'
import { walkRejected } from './walk-rejected.ts'

// So many are deleted in one request.
const STEP = 500

type RejectedText = readonly [
  reason: string,
  time: number,
  event: string,
  visitor?: string | null,
  sent?: number | null,
  /** Given by Redis; missing in what an earlier version kept. */
  id?: number,
]

/** Counts and keeps refused events in one atomic step; of an erased visitor, that there was one. */
export async function rejectEvents(space: StoreSpace, rejected: readonly RejectedEvent[]): Promise<void> {
  if (rejected.length === 0) return
  const { commands, keys } = space
  const visitors = [...new Set(rejected.flatMap(({ visitor }) => (visitor === undefined ? [] : [visitor])))]
  const beside = commands.clustered ? [] : visitors
  const texts = rejected.flatMap((one) => [
    one.reason,
    writeText(one),
    JSON.stringify([one.reason, one.time, '', null, null]),
    beside.indexOf(one.visitor ?? '') + 1,
  ])
  const at = [keys.rejectedCounts, keys.rejected, ...beside.map((visitor) => keys.visitor(visitor).profile)]
  await commands.run(REJECT, at, [KEPT_REJECTIONS, ...texts])
  // No step spans the nodes: whoever was erased before this one looks is found by one of both.
  if (commands.clustered) for (const visitor of visitors) await dropIfErased(space, visitor)
}

/** Refused events that name one of these visitors, the oldest first. */
export async function rejectedOf(
  space: StoreSpace,
  visitors: readonly string[],
): Promise<readonly RejectedEvent[]> {
  return (await findTexts(space, visitors)).map(readText).reverse()
}

/** Deletes the refused events that name one of these visitors. Answers how many. */
export async function dropRejectedOf(space: StoreSpace, visitors: readonly string[]): Promise<number> {
  const texts = [...new Set(await findTexts(space, visitors))]
  const { commands, keys } = space
  let gone = 0
  for (let from = 0; from < texts.length; from += STEP) {
    const asked = texts.slice(from, from + STEP).map((text): RedisCommand => ['LREM', keys.rejected, 0, text])
    for (const count of await commands.pipeline(asked)) gone += Number(count)
  }
  return gone
}

async function dropIfErased(space: StoreSpace, visitor: string): Promise<void> {
  const { profile } = space.keys.visitor(visitor)
  const [erased] = await space.commands.pipeline([['HEXISTS', profile, 'erased']])
  if (erased === 1) await dropRejectedOf(space, [visitor])
}

function findTexts(space: StoreSpace, visitors: readonly string[]): Promise<readonly string[]> {
  return walkRejected(space, {
    pick: (text) => (visitors.includes(readText(text).visitor ?? '') ? text : undefined),
  })
}

function writeText({ reason, time, event, visitor, sent }: RejectedEvent): string {
  return JSON.stringify([reason, time, event.slice(0, MAX_REJECTED_TEXT), visitor ?? null, sent ?? null])
}

/** A refused event of its text in the list. */
export function readText(text: string): RejectedEvent {
  const [reason, time, event, visitor = null, sent = null]: RejectedText = JSON.parse(text)
  return {
    reason,
    time,
    event,
    ...(visitor === null ? {} : { visitor }),
    ...(sent === null ? {} : { sent }),
  }
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
    // The field without a name counts the numbers that were given.
    for (let at = 0; at < pairs.length; at += 2)
      if (pairs[at] !== '') counts.push([pairs[at]!, Number(pairs[at + 1])])
    cursor = next
  } while (cursor !== '0')
  return Object.fromEntries(counts)
}
