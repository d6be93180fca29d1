import type { RedisCommands } from '../commands/redis-commands.ts'
import type { QueueKeys } from './queue-keys.ts'
import { ATTEND, LEASE, RELEASE } from './queue-scripts.ts'

/** The partitions of one consumer. */
export interface PartitionLeases {
  /** Those it may take from, in ascending order. */
  held(): readonly number[]
  /** Gives everything back. */
  close(): Promise<void>
}

export interface LeaseSettings {
  readonly commands: RedisCommands
  readonly keys: QueueKeys
  /** Rejects while it is not known that the keys are those that everybody uses. */
  readonly ready: () => Promise<void>
  /** Names the consumer among all. */
  readonly name: string
  /** Milliseconds until a consumer that is not heard of any more is taken for dead. */
  readonly lease: number
  /** Tells whether nothing of a partition is in this consumer's hands: only then it is given back. */
  readonly isIdle: (partition: number) => boolean
  /** Hears of each partition that was won or lost. */
  readonly onChange: (partition: number) => void
  readonly onError: (error: unknown) => void
  readonly clock: () => number
}

/**
 * Holds a fair share of the partitions: as many as all consumers that live would have if they had the same. A lease keeps
 * two from folding the same at the same time, which would cost and not harm: a fold leaves known events out.
 */
export function holdLeases(settings: LeaseSettings): PartitionLeases {
  const { commands, keys, ready, name, lease, isIdle, onChange, onError, clock } = settings
  // Partition → when its lease ends by our own clock.
  const until = new Map<number, number>()
  const leaving = new Set<number>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const drop = (partition: number): void => {
    until.delete(partition)
    leaving.delete(partition)
    onChange(partition)
  }

  const hold = async (partition: number): Promise<boolean> => {
    const asked = clock()
    const answer = await commands.run(LEASE, [keys.partitions[partition]!.lease], [name, lease])
    if (answer !== 1) return false
    const isNew = !until.has(partition)
    until.set(partition, asked + lease)
    if (isNew) onChange(partition)
    return true
  }

  const renew = async (partition: number): Promise<void> => {
    if (!(await hold(partition))) drop(partition)
  }

  const giveBack = async (partition: number): Promise<void> => {
    await commands.run(RELEASE, [keys.partitions[partition]!.lease], [name])
    drop(partition)
  }

  const win = async (share: number): Promise<void> => {
    const others = keys.partitions.map((_, at) => at).filter((partition) => !until.has(partition))
    // Those who look at the same time begin at different places.
    const start = Math.floor(Math.random() * others.length)
    for (const partition of [...others.slice(start), ...others.slice(0, start)]) {
      if (closed || until.size >= share) return
      await hold(partition)
    }
  }

  const beat = async (): Promise<void> => {
    await ready()
    const alive = await commands.run(ATTEND, [keys.workers], [name, lease])
    const share = Math.ceil(keys.partitions.length / Math.max(1, Number(alive)))
    await Promise.all([...until.keys()].map(renew))
    const most = [...until.keys()].slice(share)
    leaving.clear()
    for (const partition of most) leaving.add(partition)
    await Promise.all(most.filter(isIdle).map(giveBack))
    await win(share)
  }

  const beatOn = async (): Promise<void> => {
    try {
      await beat()
    } catch (error) {
      onError(error)
    }
    if (closed) return
    timer = setTimeout(run, lease / 3)
    timer.unref()
  }
  let beating: Promise<void> = Promise.resolve()
  const run = (): void => {
    beating = beatOn()
  }
  run()

  return {
    held: () => {
      const now = clock()
      return [...until]
        .filter(([partition, end]) => end > now && !leaving.has(partition))
        .map(([partition]) => partition)
        .sort((a, b) => a - b)
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      await beating
      // What cannot be given back now runs out by itself.
      const left = [...until.keys()].map(giveBack)
      const gone = commands.pipeline([['ZREM', keys.workers, name]])
      await Promise.allSettled([...left, gone])
    },
  }
}
