import type { KeptRejection, RejectionQuery } from '../profile-store.ts'
import type { RedisCommand } from './redis-commands.ts'
import { readText } from './reject-events.ts'
import type { StoreSpace } from './store-space.ts'
import { walkRejected } from './walk-rejected.ts'

// A step over the list holds up the server for well below a millisecond.
const STEP = 500

interface Found extends KeptRejection {
  readonly text: string
}

/** Refused events that were kept, the lowest number first. Those that an earlier version kept have no number and are not among them. */
export async function listRejected(
  space: StoreSpace,
  { reason, after, most }: RejectionQuery,
): Promise<readonly KeptRejection[]> {
  const found = await findNumbered(
    space,
    (rejection) => (reason ?? rejection.reason) === rejection.reason,
    after,
  )
  return found
    .toSorted((a, b) => a.id - b.id)
    .slice(0, most)
    .map(({ text: _text, ...rejection }) => rejection)
}

/** Deletes some of them. */
export async function dropRejected(space: StoreSpace, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const dropped = new Set(ids)
  const found = await findNumbered(space, ({ id }) => dropped.has(id), Math.min(...ids) - 1)
  await removeTexts(
    space,
    found.map(({ text }) => text),
  )
}

/** Deletes those that were refused before `cutoff`, milliseconds: the oldest stand at the end of the list. */
export async function sweepRejected(space: StoreSpace, cutoff: number): Promise<void> {
  for (;;) {
    const [reply] = await space.commands.pipeline([['LRANGE', space.keys.rejected, -STEP, -1]])
    const old = (reply as readonly string[]).filter((text) => readText(text).time < cutoff)
    if (old.length === 0) return
    await removeTexts(space, old)
  }
}

// Numbers fall from the head of the list on.
function findNumbered(
  space: StoreSpace,
  isAsked: (rejection: KeptRejection) => boolean,
  after: number,
): Promise<readonly Found[]> {
  return walkRejected(space, {
    pick: (text) => {
      const one = readNumbered(text)
      return one !== undefined && one.id > after && isAsked(one) ? one : undefined
    },
    isPast: (texts) => texts.every((text) => (readNumbered(text)?.id ?? 0) <= after),
  })
}

function readNumbered(text: string): Found | undefined {
  // Written by `REJECT`.
  const id = (JSON.parse(text) as readonly unknown[])[5]
  return typeof id === 'number' ? { id, text, ...readText(text) } : undefined
}

async function removeTexts({ commands, keys }: StoreSpace, texts: readonly string[]): Promise<void> {
  for (let from = 0; from < texts.length; from += STEP) {
    // From the end: there the old ones stand.
    const asked = texts
      .slice(from, from + STEP)
      .map((text): RedisCommand => ['LREM', keys.rejected, -1, text])
    await commands.pipeline(asked)
  }
}
