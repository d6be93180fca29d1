import type { RedisCommands } from '../commands/redis-commands.ts'
import { writeEntry } from './entry-text.ts'
import { eraseQueued } from './erase-queued.ts'
import {
  DEFAULT_MOST_WAITING,
  DEFAULT_PARTITIONS,
  type EventQueue,
  type QueueConsumer,
} from './event-queue.ts'
import { checkPartitions, partitionOf } from './partition-of.ts'
import { queueFull } from './queue-full.ts'
import { queueKeys } from './queue-keys.ts'
import { AGREE, PUSH, REPLAY } from './queue-scripts.ts'
import { ask, createRedisConsumer, fieldOf } from './redis-consumer.ts'

/** What a queue in Redis may be told, whichever way the Redis is reached. */
export interface RedisQueueSettings {
  /** Several sites may share one Redis: each has keys of its own, `attune:<site>:…`. Default `default`. */
  readonly site?: string | undefined
  /** As many workers can fold side by side. The same wherever the queue is opened, as long as anything waits. Default 16. */
  readonly partitions?: number | undefined
  /** Entries that may wait in all partitions; more are refused with `StoreBusyError`. Default 1,000,000. */
  readonly mostWaiting?: number | undefined
  /** Milliseconds after which a worker that is not heard of any more is taken for dead. Default 5,000. */
  readonly lease?: number | undefined
  /** Milliseconds between two looks of a worker while nothing waits. Default 25. */
  readonly pause?: number | undefined
  /** Hears of trouble with leases, which ends by itself. */
  readonly onError?: ((error: unknown) => void) | undefined
}

const DAY = 86_400_000
// In each partition; they hold what visitors did and must not stay for ever.
const ASIDE = { most: 1_000, age: 14 * DAY }
const REPLAYED_AT_ONCE = 100

/**
 * Keeps entries in Redis Streams, one a partition. An entry is in its stream until it is done: no consumer group is needed
 * to know what is not.
 */
export function createRedisQueue(commands: RedisCommands, settings: RedisQueueSettings = {}): EventQueue {
  const { site = 'default', partitions = DEFAULT_PARTITIONS, mostWaiting = DEFAULT_MOST_WAITING } = settings
  const { lease = 5_000, pause = 25, onError = () => {} } = settings
  checkPartitions('createRedisQueue', partitions)
  const keys = queueKeys(site, partitions)
  const mostEach = Math.ceil(mostWaiting / partitions)
  const consumers = new Set<QueueConsumer>()
  const underWay = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  let agreed: Promise<void> | undefined
  const ready = (): Promise<void> => {
    agreed ??= agree(commands, keys.count, partitions)
    agreed.catch(() => {
      agreed = undefined
    })
    return agreed
  }

  const opened = <T>(task: () => Promise<T>, isAgreed = true): Promise<T> => {
    if (closing !== undefined) return Promise.reject(isClosed())
    const asked = isAgreed ? ready().then(task) : task()
    underWay.add(asked)
    const done = () => void underWay.delete(asked)
    asked.then(done, done)
    return asked
  }

  return {
    push: (batch) =>
      opened(async () => {
        const { waiting } = keys.partitions[partitionOf(batch.visitor, partitions)]!
        const text = writeEntry(batch)
        if ((await commands.run(PUSH, [waiting], [mostEach, batch.received, text])) !== 1) throw queueFull()
      }),
    consume: () => {
      if (closing !== undefined) throw isClosed()
      const clock = () => performance.now()
      const name = crypto.randomUUID()
      const consumer = createRedisConsumer({
        commands,
        keys,
        ready,
        name,
        lease,
        pause,
        aside: ASIDE,
        onError,
        clock,
      })
      consumers.add(consumer)
      return consumer
    },
    waiting: () =>
      opened(async () => {
        const replies = await ask(
          commands,
          keys.partitions.flatMap(({ waiting, aside }) => [
            ['XLEN', waiting],
            ['XLEN', aside],
            ['XRANGE', waiting, '-', '+', 'COUNT', 1],
          ]),
        )
        const every = (nth: number) => replies.filter((_, at) => at % 3 === nth)
        const oldest = every(2).flatMap(receivedOf)
        return {
          entries: sum(every(0)),
          setAside: sum(every(1)),
          oldest: oldest.length === 0 ? null : Math.min(...oldest),
        }
      }),
    replay: () =>
      opened(async () => {
        const counts = await Promise.all(keys.partitions.map((own) => replayPartition(commands, own)))
        return sum(counts)
      }),
    erase: (visitor) => opened(() => eraseQueued(commands, site, visitor), false),
    close: () => {
      closing ??= (async () => {
        await Promise.allSettled([...consumers].map((consumer) => consumer.close()))
        await Promise.allSettled(underWay)
        await commands.close()
      })()
      return closing
    },
  }
}

// With another number a visitor's entries would lie where no worker looks.
async function agree(commands: RedisCommands, key: string, partitions: number): Promise<void> {
  const known = Number(await commands.run(AGREE, [key], [partitions]))
  if (known === partitions) return
  throw new Error(
    `[storage] redis queue: it has ${known} partitions, not ${partitions}. Say ${known} everywhere, or, once nothing ` +
      `waits and nobody pushes, delete the key ${key}.`,
  )
}

async function replayPartition(
  commands: RedisCommands,
  { waiting, aside }: { readonly waiting: string; readonly aside: string },
): Promise<number> {
  const [newest] = await commands.pipeline([['XREVRANGE', aside, '+', '-', 'COUNT', 1]])
  const [last] = newest as readonly (readonly [id: string, fields: unknown])[]
  if (last === undefined) return 0
  // Up to what was there: an entry that is set aside once more is not put back again.
  for (let count = 0; ; ) {
    const moved = Number(await commands.run(REPLAY, [waiting, aside], [last[0], REPLAYED_AT_ONCE]))
    count += moved
    if (moved < REPLAYED_AT_ONCE) return count
  }
}

function receivedOf(entries: unknown): readonly number[] {
  const rows = entries as readonly (readonly [id: string, fields: readonly string[]])[]
  return rows.map(([, fields]) => Number(fieldOf(fields, 'received'))).filter(Number.isFinite)
}

function sum(counts: readonly unknown[]): number {
  return counts.reduce<number>((total, count) => total + Number(count), 0)
}

function isClosed(): Error {
  return new Error('[storage] redis queue: it is closed. Create another one.')
}
