import { createRedisStore } from '@attune/storage/redis'
import { createRedisQueue } from '@attune/storage/redis-queue'
import { expect } from 'vitest'
import { ALL_IS_WELL, audit } from '../../support/fault-audit.ts'
import { startBalancer } from '../../support/fault-balancer.ts'
import { type Ask, askAddress, createSenders, type Senders } from '../../support/fault-senders.ts'
import { startServe, startWork } from '../../support/fault-serve.ts'
import { type CountedTime, pause, until } from '../../support/fault-time.ts'
import { type RedisServer, startRedis } from '../../support/redis.ts'
import { type Closing, closingAfter, type Proofs, type Scenario, SOAK } from './scenario.ts'

/** Servers that are restarted one after the other while trackers that try again send. */
interface Deployment {
  readonly name: string
  /** Whether workers fold what the servers take in. */
  readonly queued: boolean
  /** Events a second. */
  readonly rate: number
  /** At least so many. */
  readonly events: number
}

const DEPLOYMENTS: readonly Deployment[] = [
  {
    name: 'two servers restarted in turn behind a balancer fail nobody who tries again',
    queued: false,
    rate: 500,
    events: 1_200,
  },
  {
    name: 'two servers that queue, restarted in turn at 2,000 events a second, fail nobody who tries again',
    queued: true,
    rate: 2_000,
    events: 10_000,
  },
]

// A deployment: what is under way ends within five seconds.
const END_LIMIT_MS = 5_000
const ANSWER_LIMIT_MS = 5_000
const GIVE_UP_MS = 30_000
const FOLD_LIMIT_MS = 60_000
const BATCH = 5
// Few enough events each that the oracle is exact, however long the machine takes.
const VISITORS = 400
const SIDE_BY_SIDE = 256
const TIMES = SOAK ? 5 : 1

async function play({ queued, rate, events }: Deployment): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const redis = await startRedis()
    later(() => redis.stop())
    const start = async () => {
      const server = await startServe('--redis', redis.url, ...(queued ? ['--queue'] : []))
      later(() => server.stop())
      return server
    }
    const servers = await Promise.all([start(), start()])
    const folded = queued ? await openWorker({ later }, redis) : async () => {}
    const balancer = await startBalancer(servers.map(({ port }) => port))
    later(() => balancer.close())
    const patient = tryAgain(askAddress(balancer.url), time)
    const senders = createSenders({ count: VISITORS, ask: patient.ask })
    const traffic = sendSteadily(senders, rate)
    const ends: (readonly [number | null, string | null])[] = []
    let longest = 0
    for (const place of [0, 1]) {
      const share = (events * TIMES * (place + 1)) / 3
      await until('under load', 60_000, async () => senders.acknowledged.size > share)
      const leaving = servers[place]!
      leaving.signal('SIGTERM')
      const { value, waited } = await time.measure(() => leaving.ended)
      ends.push(value)
      longest = Math.max(longest, waited)
      servers[place] = await start()
      balancer.use(servers.map(({ port }) => port))
    }
    const { waited: recovered } = await time.measure(async () => {
      const seen = senders.acknowledged.size
      await until('as before', 10_000, async () => senders.acknowledged.size > seen + 100)
    })
    await until('enough was sent', 60_000, async () => senders.acknowledged.size >= events * TIMES)
    const outcomes = await traffic.stop()
    await folded()
    const store = createRedisStore({ url: redis.url, timeout: 10_000 })
    later(() => store.close())
    const found = await audit(senders, store)
    return {
      answer: () => {
        expect(outcomes).toEqual(outcomes.map(() => 'kept'))
        expect(ends).toEqual([
          [0, null],
          [0, null],
        ])
        // Somebody was sent to a server that was gone, or nothing was shown.
        expect(patient.retries()).toBeGreaterThan(0)
      },
      deadline: () => {
        expect(longest).toBeLessThanOrEqual(END_LIMIT_MS)
        expect(patient.longest()).toBeLessThanOrEqual(ANSWER_LIMIT_MS)
      },
      recovery: () => expect(recovered).toBeLessThanOrEqual(3_000),
      count: () => {
        expect(found).toEqual(ALL_IS_WELL)
        expect(senders.acknowledged.size).toBe(outcomes.length * BATCH)
      },
    }
  })
}

/** Starts a worker; what is answered waits until nothing is left to fold. */
async function openWorker({ later }: Closing, redis: RedisServer): Promise<() => Promise<void>> {
  const worker = await startWork(redis.url)
  later(() => worker.stop())
  const queue = createRedisQueue({ url: redis.url, timeout: 10_000 })
  later(() => queue.close())
  return () =>
    until('all is folded', FOLD_LIMIT_MS, async () => {
      const { entries, setAside } = await queue.waiting()
      return entries + setAside === 0
    })
}

interface PatientAsk {
  readonly ask: Ask
  readonly retries: () => number
  /** How long the slowest answer took, with all its tries. */
  readonly longest: () => number
}

function tryAgain(ask: Ask, time: CountedTime): PatientAsk {
  let retries = 0
  let longest = 0
  return {
    retries: () => retries,
    longest: () => longest,
    ask: async (batch) => {
      const begun = time.now()
      for (let tries = 0; time.now() - begun < GIVE_UP_MS; tries++) {
        const heard = await ask(batch).catch(() => undefined)
        if (heard?.status === 200) {
          longest = Math.max(longest, time.now() - begun)
          return heard
        }
        retries++
        await pause(Math.min(500, 50 * 2 ** tries))
      }
      return undefined
    },
  }
}

/** Sends so many events a second, or as many as the machine lets it; `stop` waits for every answer and tells what they were. */
function sendSteadily(senders: Senders, rate: number): { readonly stop: () => Promise<readonly string[]> } {
  const outcomes: string[] = []
  const flying = new Set<Promise<void>>()
  let isOver = false
  const sendOne = async (visitor: string): Promise<void> => {
    outcomes.push((await senders.send(senders.make(visitor, BATCH))).outcome)
  }
  const run = async (): Promise<void> => {
    let sent = 0
    let last = performance.now()
    for (let due = 0; !isOver; ) {
      const now = performance.now()
      due += ((now - last) * rate) / 1_000 / BATCH
      last = now
      // What the machine had no time for is not made up for.
      due = Math.min(due, SIDE_BY_SIDE - flying.size)
      for (; due >= 1; due--) {
        const task = sendOne(senders.visitors[sent++ % senders.visitors.length]!)
        flying.add(task)
        void task.finally(() => flying.delete(task))
      }
      await pause(2)
    }
    await Promise.all(flying)
  }
  const running = run()
  return {
    stop: async () => {
      isOver = true
      await running
      return outcomes
    },
  }
}

/** Deployments under load. */
export const ROLLING: readonly Scenario[] = DEPLOYMENTS.map((deployment) => ({
  name: deployment.name,
  needs: 'redis',
  play: () => play(deployment),
}))
