import { join } from 'node:path'
import { createRedisStore } from '@attune/storage/redis'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect } from 'vitest'
import { ALL_IS_WELL, audit } from '../../support/fault-audit.ts'
import { makeFolder } from '../../support/fault-folder.ts'
import { createSeededRandom } from '../../support/fault-random.ts'
import { askAddress, createSenders } from '../../support/fault-senders.ts'
import { startServe } from '../../support/fault-serve.ts'
import { pause, until } from '../../support/fault-time.ts'
import { startRedis } from '../../support/redis.ts'
import { closingAfter, type Proofs, type Scenario, SEED, SOAK } from './scenario.ts'

const SENDERS = 16
// A deployment: what is under way ends within five seconds.
const END_LIMIT_MS = 5_000
const ANSWER_LIMIT_MS = 5_000

/** One server that is told to end while sixteen trackers send: whatever it took in, it answers. */
async function playSigterm(): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const data = makeFolder(later)
    const server = await startServe('--data', data)
    later(() => server.stop())
    let { url } = server
    const ask = askAddress(() => url)
    let isRefused = false
    const broken: string[] = []
    const waits: number[] = []
    const senders = createSenders({
      count: SENDERS,
      ask: async (batch) => {
        const begun = time.now()
        try {
          return await ask(batch)
        } catch (error) {
          const code = codeOf(error)
          // Nobody listens any more: the request never left.
          if (code === 'ECONNREFUSED') isRefused = true
          else broken.push(code)
          return undefined
        } finally {
          waits.push(time.now() - begun)
        }
      },
    })
    const sending = Promise.all(
      senders.visitors.map(async (visitor) => {
        while (!isRefused) await senders.send(senders.make(visitor))
      }),
    )
    await until('under load', 10_000, async () => senders.acknowledged.size > 300)
    const before = senders.acknowledged.size
    server.signal('SIGTERM')
    const { value: end, waited } = await time.measure(() => server.ended)
    await sending
    const next = await startServe('--data', data)
    later(() => next.stop())
    url = next.url
    const { waited: recovered } = await time.measure(() =>
      until('all is sent', 10_000, () => senders.resend()),
    )
    await next.stop()
    const store = createSqliteStore({ path: join(data, 'attune.db') })
    const found = await audit(senders, store)
    await store.close()
    return {
      answer: () => {
        expect(broken).toEqual([])
        expect(end).toEqual([0, null])
        expect(senders.ledger.throttled).toBe(0)
      },
      deadline: () => {
        expect(Math.max(...waits)).toBeLessThanOrEqual(ANSWER_LIMIT_MS)
        expect(waited).toBeLessThanOrEqual(END_LIMIT_MS)
      },
      recovery: () => expect(recovered).toBeLessThanOrEqual(3_000),
      count: () => {
        expect(before).toBeGreaterThan(300)
        expect(found).toEqual(ALL_IS_WELL)
      },
    }
  })
}

/** A server on Redis that is killed at random points of time and started again. */
async function playKills(): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const random = createSeededRandom(SEED)
    const redis = await startRedis('--appendonly', 'yes', '--appendfsync', 'everysec')
    later(() => redis.stop())
    let server = await startServe('--redis', redis.url)
    later(() => server.stop())
    const waits: number[] = []
    const ask = askAddress(() => server.url)
    const senders = createSenders({
      count: SENDERS,
      ask: async (batch) => {
        const begun = time.now()
        return ask(batch).finally(() => waits.push(time.now() - begun))
      },
    })
    const outcomes = new Set<string>()
    const kills = SOAK ? 100 : 5
    let recovered = 0
    for (let kill = 0; kill < kills; kill++) {
      let isGone = false
      const sending = Promise.all(
        senders.visitors.map(async (visitor) => {
          while (!isGone) outcomes.add((await senders.send(senders.make(visitor))).outcome)
        }),
      )
      await pause(60 + 150 * random())
      await server.stop()
      isGone = true
      await sending
      server = await startServe('--redis', redis.url)
      const back = await time.measure(() => until('all is sent', 20_000, () => senders.resend()))
      recovered = Math.max(recovered, back.waited)
    }
    const store = createRedisStore({ url: redis.url, timeout: 10_000 })
    later(() => store.close())
    const found = await audit(senders, store)
    return {
      answer: () => {
        expect([...outcomes].sort()).toEqual(['kept', 'unanswered'])
      },
      deadline: () => expect(Math.max(...waits)).toBeLessThanOrEqual(ANSWER_LIMIT_MS),
      recovery: () => expect(recovered).toBeLessThanOrEqual(ANSWER_LIMIT_MS),
      count: () => expect(found).toEqual(ALL_IS_WELL),
    }
  })
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : String(error)
}

/** Servers that end, and begin again. */
export const PROCESSES: readonly Scenario[] = [
  { name: 'a server that is told to end under load answers everything that it took in', play: playSigterm },
  {
    name: 'a server killed at random points again and again leaves everything acknowledged in Redis, once',
    needs: 'redis',
    play: playKills,
  },
]
