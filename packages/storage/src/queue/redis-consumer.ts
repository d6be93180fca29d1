import type { RedisCommand, RedisCommands } from '../commands/redis-commands.ts'
import { createBell } from './bell.ts'
import { readEntry } from './entry-text.ts'
import type { QueueConsumer, QueueEntry } from './event-queue.ts'
import { holdLeases } from './partition-leases.ts'
import type { QueueKeys } from './queue-keys.ts'
import { SET_ASIDE } from './queue-scripts.ts'
import { createTakenEntries, type TakenEntries } from './taken-entries.ts'

export interface ConsumerSettings {
  readonly commands: RedisCommands
  readonly keys: QueueKeys
  /** Rejects while it is not known that the keys are those that everybody uses. */
  readonly ready: () => Promise<void>
  readonly name: string
  /** Milliseconds. */
  readonly lease: number
  /** Milliseconds between two looks while nothing waits. */
  readonly pause: number
  /** How many are kept in each partition that were set aside, and for how many milliseconds. */
  readonly aside: { readonly most: number; readonly age: number }
  readonly onError: (error: unknown) => void
  readonly clock: () => number
}

// So many of a partition at once at least, however many partitions there are.
const LEAST_READ = 8

/** Folds entries that wait in Redis Streams. */
export function createRedisConsumer(settings: ConsumerSettings): QueueConsumer {
  const { commands, keys, ready, name, lease, pause, aside, onError, clock } = settings
  const taken: readonly TakenEntries[] = keys.partitions.map(createTakenEntries)
  const bell = createBell()
  const leases = holdLeases({
    commands,
    keys,
    ready,
    name,
    lease,
    isIdle: (partition) => taken[partition]!.size === 0,
    // Whoever had it meanwhile may have left entries behind.
    onChange: (partition) => {
      taken[partition]!.restart()
      bell.ring()
    },
    onError,
    clock,
  })
  let closed = false
  let turn = 0

  const setAside = async ({ partition, id }: Pick<QueueEntry, 'partition' | 'id'>, reason: string) => {
    const { waiting, aside: kept } = keys.partitions[partition]!
    try {
      await commands.run(SET_ASIDE, [waiting, kept], [id, reason, aside.most, aside.age])
    } catch (error) {
      taken[partition]!.restart()
      throw error
    } finally {
      taken[partition]!.finish(id)
    }
  }

  const look = async (most: number): Promise<readonly QueueEntry[]> => {
    const held = leases.held()
    if (held.length === 0) return []
    // Each partition comes first in its turn.
    turn = (turn + 1) % held.length
    const partitions = [...held.slice(turn), ...held.slice(0, turn)]
    const each = Math.min(most, Math.max(LEAST_READ, Math.ceil(most / held.length)))
    const counts = partitions.map((partition) => {
      const { cursor, size } = taken[partition]!
      return cursor === '-' ? each + size : each
    })
    const replies = await ask(
      commands,
      partitions.map((partition, at) => {
        const { waiting } = keys.partitions[partition]!
        return ['XRANGE', waiting, taken[partition]!.cursor, '+', 'COUNT', counts[at]!]
      }),
    )
    const entries: QueueEntry[] = []
    for (const [at, partition] of partitions.entries()) {
      const reply = replies[at] as readonly StreamEntry[]
      for (const [id, fields] of reply) {
        if (entries.length >= most) return entries
        if (taken[partition]!.has(id)) continue
        taken[partition]!.add(id)
        const batch = readEntry(fieldOf(fields, 'batch') ?? '')
        if (batch === undefined) setAside({ partition, id }, 'unreadable').catch(onError)
        else entries.push({ ...batch, partition, id })
      }
      if (reply.length < counts[at]!) taken[partition]!.reachEnd()
    }
    return entries
  }

  return {
    take: async ({ most, wait }) => {
      const end = clock() + wait
      await ready()
      for (;;) {
        if (closed) throw new Error('[storage] redis queue: the consumer is closed.')
        const found = await look(most)
        const left = end - clock()
        if (found.length > 0 || left <= 0) return found
        await bell.heard(Math.min(pause, left))
      }
    },
    done: async (entries) => {
      const ids = idsByPartition(entries)
      try {
        await ask(
          commands,
          [...ids].map(([partition, own]) => ['XDEL', keys.partitions[partition]!.waiting, ...own]),
        )
      } catch (error) {
        // It is not known which of them are gone.
        for (const partition of ids.keys()) taken[partition]!.restart()
        throw error
      } finally {
        for (const { partition, id } of entries) taken[partition]!.finish(id)
      }
    },
    giveBack: (entries) => {
      for (const { partition, id } of entries) taken[partition]!.giveBack(id)
    },
    setAside,
    partitions: leases.held,
    close: async () => {
      if (closed) return
      closed = true
      bell.ring()
      await leases.close()
    },
  }
}

function idsByPartition(entries: readonly QueueEntry[]): ReadonlyMap<number, readonly string[]> {
  const ids = new Map<number, string[]>()
  for (const { partition, id } of entries) {
    const own = ids.get(partition) ?? []
    ids.set(partition, own)
    own.push(id)
  }
  return ids
}

type StreamEntry = readonly [id: string, fields: readonly string[]]

/** Asks about several partitions: in one round trip, or in a cluster each node on its own. */
export async function ask(
  commands: RedisCommands,
  asked: readonly RedisCommand[],
): Promise<readonly unknown[]> {
  if (asked.length === 0) return []
  if (!commands.clustered) return commands.pipeline(asked)
  const replies = await Promise.all(asked.map((command) => commands.pipeline([command])))
  return replies.flat()
}

/** The value of a field of a stream's entry. */
export function fieldOf(fields: readonly string[], name: string): string | undefined {
  for (let at = 0; at < fields.length; at += 2) if (fields[at] === name) return fields[at + 1]
  return undefined
}
