import type { IntakeStore, ProfileStore } from '@attune/storage'
import { createQueuedStore, type EventQueue, type RunningWorker, runWorker } from '@attune/storage/queue'
import { createRedisStore } from '@attune/storage/redis'
import { createRedisQueue } from '@attune/storage/redis-queue'
import { PLAN } from './fault-ruleset.ts'
import { until } from './fault-time.ts'
import { type RedisServer, startRedis } from './redis.ts'
import { startTcpFaultProxy, type TcpFaultProxy } from './tcp-fault-proxy.ts'

/** A queue and a store, each in a Redis of its own behind a line that may fail, and a worker between them. */
export interface QueueStage {
  readonly queueServer: RedisServer
  readonly queueLine: TcpFaultProxy
  readonly storeLine: TcpFaultProxy
  readonly store: IntakeStore
  readonly direct: ProfileStore
  /** Past everything that goes wrong. */
  readonly queue: EventQueue
  /** Visitors whose entries nobody can fold. */
  readonly poisoned: Set<string>
  /** Ends the worker. */
  stopWork(): Promise<void>
  startWork(): void
  settle(): Promise<void>
}

/** Starts all of it. At most `mostWaiting` entries may wait. */
export async function openQueueStage(
  later: (close: () => unknown) => void,
  mostWaiting?: number,
): Promise<QueueStage> {
  const behindLine = async (...args: readonly string[]) => {
    const server = await startRedis(...args)
    later(() => server.stop())
    const line = await startTcpFaultProxy(server.port)
    later(() => line.close())
    return { server, line }
  }
  const queued = await behindLine('--appendonly', 'yes', '--appendfsync', 'always')
  const stored = await behindLine()
  const openStore = () => {
    const store = createRedisStore({ url: `redis://127.0.0.1:${stored.line.port}` })
    later(() => store.close())
    return store
  }
  const openQueue = (port: number, timeout?: number): EventQueue => {
    const options = { url: `redis://127.0.0.1:${port}`, partitions: 4, lease: 1_000 }
    const limit = mostWaiting === undefined ? {} : { mostWaiting }
    const queue = createRedisQueue({ ...options, ...limit, ...(timeout && { timeout }) })
    later(() => queue.close())
    return queue
  }
  const direct = createRedisStore({ url: stored.server.url, timeout: 10_000 })
  later(() => direct.close())
  const queue = openQueue(queued.server.port, 10_000)
  const poisoned = new Set<string>()
  let worker: RunningWorker | undefined
  let ending = new AbortController()
  const startWork = (): void => {
    const store = openStore()
    ending = new AbortController()
    worker = runWorker({
      queue: openQueue(queued.line.port),
      store: {
        ...store,
        append: (batch) => {
          if (poisoned.has(batch.visitor)) return Promise.reject(new TypeError('This entry is poison.'))
          return store.append(batch)
        },
      },
      plan: () => PLAN,
      signal: ending.signal,
    })
  }
  const stopWork = async (): Promise<void> => {
    ending.abort()
    await worker?.ended
  }
  startWork()
  later(stopWork)
  return {
    queueServer: queued.server,
    queueLine: queued.line,
    storeLine: stored.line,
    store: createQueuedStore({ queue: openQueue(queued.line.port), store: openStore() }),
    direct,
    queue,
    poisoned,
    stopWork,
    startWork,
    settle: () =>
      until('nothing waits', 30_000, async () => {
        const { entries, setAside } = await queue.waiting()
        if (setAside > 0 && poisoned.size === 0) await queue.replay()
        return entries === 0 && setAside === 0
      }),
  }
}
