import { createBell } from '../queue/bell.ts'
import { readEntry, writeEntry } from '../queue/entry-text.ts'
import {
  DEFAULT_MOST_WAITING,
  DEFAULT_PARTITIONS,
  type EventQueue,
  type QueueConsumer,
  type QueueEntry,
} from '../queue/event-queue.ts'
import { checkPartitions, partitionOf } from '../queue/partition-of.ts'
import { queueFull } from '../queue/queue-full.ts'

export interface MemoryQueueOptions {
  /** Default 16. */
  readonly partitions?: number | undefined
  /** Entries that may wait; more are refused with `StoreBusyError`. Default 1,000,000. */
  readonly mostWaiting?: number | undefined
}

interface Held {
  readonly id: string
  readonly partition: number
  readonly received: number
  readonly text: string
  /** Who is folding it. */
  taker: QueueConsumer | undefined
}

/** Keeps entries in this process: for tests and for trying things out. What waits is gone when the process ends. */
export function createMemoryQueue(options: MemoryQueueOptions = {}): EventQueue {
  const { partitions = DEFAULT_PARTITIONS, mostWaiting = DEFAULT_MOST_WAITING } = options
  checkPartitions('createMemoryQueue', partitions)
  // In the order of pushing; what was given back comes last.
  const waiting = new Map<string, Held>()
  const aside = new Map<string, Held>()
  const consumers: QueueConsumer[] = []
  const bell = createBell()
  let pushed = 0
  let closed = false

  const open = (): void => {
    if (closed) throw new Error('[storage] memory queue: it is closed. Create another one.')
  }

  const add = (held: Pick<Held, 'partition' | 'received' | 'text'>): void => {
    pushed++
    waiting.set(String(pushed), { ...held, id: String(pushed), taker: undefined })
    bell.ring()
  }

  const consume = (): QueueConsumer => {
    open()
    const isOurs = (partition: number): boolean =>
      consumers.length > 0 && consumers[partition % consumers.length] === consumer
    const takeNow = (most: number): readonly QueueEntry[] => {
      const taken: QueueEntry[] = []
      for (const held of waiting.values()) {
        if (taken.length >= most) break
        if (held.taker !== undefined || !isOurs(held.partition)) continue
        held.taker = consumer
        taken.push({ ...readEntry(held.text)!, id: held.id, partition: held.partition })
      }
      return taken
    }
    const consumer: QueueConsumer = {
      take: async ({ most, wait }) => {
        if (!consumers.includes(consumer)) throw new Error('[storage] memory queue: the consumer is closed.')
        const found = takeNow(most)
        if (found.length > 0 || wait <= 0) return found
        await bell.heard(wait)
        return takeNow(most)
      },
      done: async (entries) => {
        for (const { id } of entries) waiting.delete(id)
      },
      giveBack: (entries) => {
        for (const { id } of entries) {
          const held = waiting.get(id)
          if (held === undefined) continue
          held.taker = undefined
          waiting.delete(id)
          waiting.set(id, held)
        }
        bell.ring()
      },
      setAside: async ({ id }) => {
        const held = waiting.get(id)
        if (held !== undefined) aside.set(id, held)
        waiting.delete(id)
      },
      partitions: () => Array.from({ length: partitions }, (_, at) => at).filter(isOurs),
      close: async () => {
        const at = consumers.indexOf(consumer)
        if (at >= 0) consumers.splice(at, 1)
        for (const held of waiting.values()) if (held.taker === consumer) held.taker = undefined
        bell.ring()
      },
    }
    consumers.push(consumer)
    return consumer
  }

  return {
    push: async (batch) => {
      open()
      const text = writeEntry(batch)
      if (waiting.size >= mostWaiting) throw queueFull()
      add({ partition: partitionOf(batch.visitor, partitions), received: batch.received, text })
    },
    consume,
    waiting: async () => {
      open()
      const received = [...waiting.values()].map((held) => held.received)
      const oldest = received.length === 0 ? null : received.reduce((a, b) => Math.min(a, b))
      return { entries: waiting.size, oldest, setAside: aside.size }
    },
    replay: async () => {
      open()
      const count = aside.size
      for (const held of aside.values()) add(held)
      aside.clear()
      return count
    },
    erase: async (visitor) => {
      open()
      let queued = 0
      for (const held of [...waiting.values(), ...aside.values()]) {
        const batch = readEntry(held.text)
        if (batch?.visitor !== visitor) continue
        queued += batch.events.length
        waiting.delete(held.id)
        aside.delete(held.id)
      }
      return { queued, leftovers: [] }
    },
    close: async () => {
      closed = true
      for (const consumer of [...consumers]) await consumer.close()
    },
  }
}
