import { eraseEntries } from '../commands/erase-entries.ts'
import type { RedisCommands } from '../commands/redis-commands.ts'
import { entryStart, readEntry } from './entry-text.ts'
import type { QueueErasure } from './event-queue.ts'
import { partitionOf } from './partition-of.ts'
import { queueKeys } from './queue-keys.ts'
import { WRITE_ANEW } from './queue-scripts.ts'
import { fieldOf } from './redis-consumer.ts'

// A stream of so many entries is written anew in some milliseconds.
const MOST_ANEW = 1_000

/** Removes what waits of a visitor and what was set aside, in as many partitions as the queue has by its own account. */
export async function eraseQueued(
  commands: RedisCommands,
  site: string,
  visitor: string,
): Promise<QueueErasure> {
  const [known] = await commands.pipeline([['GET', queueKeys(site, 1).count]])
  // Nobody has ever used this queue.
  if (known === null) return { queued: 0, leftovers: [] }
  const partitions = Number(known)
  const own = queueKeys(site, partitions).partitions[partitionOf(visitor, partitions)]!
  const waiting = await eraseFrom(commands, own.waiting, own.anew, visitor)
  // What was set aside meanwhile lies there now.
  const aside = await eraseFrom(commands, own.aside, own.anew, visitor)
  const isLeft = [waiting, aside].some(({ leftovers }) => leftovers.length > 0)
  return { queued: waiting.queued + aside.queued, leftovers: isLeft ? ['queue'] : [] }
}

async function eraseFrom(
  commands: RedisCommands,
  stream: string,
  anew: string,
  visitor: string,
): Promise<QueueErasure> {
  const start = entryStart(visitor)
  const queued = await eraseEntries(commands, stream, (fields) => {
    const text = fieldOf(fields, 'batch') ?? ''
    return text.startsWith(start) ? (readEntry(text)?.events.length ?? 1) : 0
  })
  // Also when nothing was found: an erasure before this one may have been broken off here.
  const isAnew = (await commands.run(WRITE_ANEW, [stream, anew], [MOST_ANEW])) === 1
  return { queued, leftovers: isAnew || queued === 0 ? [] : ['queue'] }
}
