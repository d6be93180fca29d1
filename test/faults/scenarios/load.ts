import { join } from 'node:path'
import { createCollector } from '@attune/collector'
import type { ProfileStore } from '@attune/storage'
import { createRedisStore } from '@attune/storage/redis'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect } from 'vitest'
import { ALL_IS_WELL, audit } from '../../support/fault-audit.ts'
import { makeFolder } from '../../support/fault-folder.ts'
import { createSeededRandom } from '../../support/fault-random.ts'
import { createRawClient } from '../../support/fault-raw-client.ts'
import { NOON, RULESET, SECRET } from '../../support/fault-ruleset.ts'
import { askHandler, createSenders } from '../../support/fault-senders.ts'
import { startServe } from '../../support/fault-serve.ts'
import { countTime, pause, until } from '../../support/fault-time.ts'
import { startRedis } from '../../support/redis.ts'
import { type Closing, createClosing, type Proofs, type Scenario, SEED, SOAK } from './scenario.ts'

const ANSWER_LIMIT_MS = 10_000

/** One visitor sends half of everything. Below the number of events that are kept to be folded again, so that the oracle is exact. */
async function playHot(open: (closing: Closing) => Promise<ProfileStore>): Promise<Proofs> {
  const closing = createClosing()
  const time = countTime()
  closing.later(time.stop)
  try {
    const store = await open(closing)
    const { handle } = createCollector({
      ruleset: RULESET,
      secret: SECRET,
      store,
      clock: () => NOON,
      onError: () => {},
    })
    const senders = createSenders({ count: 60, ask: askHandler(handle) })
    const [hot, ...others] = senders.visitors
    await until('calm', 10_000, async () => (await senders.send(senders.make(hot!, 1))).outcome === 'kept')
    const random = createSeededRandom(SEED)
    const waits: number[] = []
    const outcomes: string[] = []
    const sendOne = async (visitor: string): Promise<void> => {
      const { value, waited } = await time.measure(() => senders.send(senders.make(visitor, 1)))
      outcomes.push(value.outcome)
      if (visitor !== hot) waits.push(waited)
    }
    // In waves of forty, twenty of them the one visitor's.
    for (let wave = 0; wave < 11; wave++) {
      const wanted = Array.from({ length: 40 }, (_, at) =>
        at % 2 === 0 ? hot! : others[Math.floor(random() * others.length)]!,
      )
      await Promise.all(wanted.map(sendOne))
    }
    const { waited: recovered } = await time.measure(() =>
      until('all is sent', 20_000, () => senders.resend()),
    )
    const found = await audit(senders, store)
    return {
      answer: () =>
        expect(outcomes.filter((outcome) => outcome !== 'kept' && outcome !== 'later')).toEqual([]),
      // Nobody stands behind the one: others are answered within the patience of their own store.
      deadline: () => expect(Math.max(...waits)).toBeLessThanOrEqual(2_000),
      recovery: () => expect(recovered).toBeLessThanOrEqual(5_000),
      count: () => {
        expect(found).toEqual(ALL_IS_WELL)
        expect(senders.made.get(hot!)?.size).toBeGreaterThan(200)
      },
    }
  } finally {
    await closing.all()
  }
}

/** Three times what a collector takes, whether it answers or not. */
async function playOverload(): Promise<Proofs> {
  const closing = createClosing()
  const time = countTime()
  closing.later(time.stop)
  try {
    const data = makeFolder(closing.later)
    const server = await startServe('--data', data)
    closing.later(() => server.stop())
    // As many as browsers that each have a connection of their own.
    const client = createRawClient(server.port, 2_500, ANSWER_LIMIT_MS)
    closing.later(client.close)
    const senders = createSenders({ count: 2_000, ask: client.ask })
    let turn = 0
    const next = (): string => senders.visitors[turn++ % senders.visitors.length]!
    const seconds = SOAK ? 5 : 1
    const closed = async (): Promise<number> => {
      const from = senders.acknowledged.size
      const end = performance.now() + seconds * 1_000
      const one = async (): Promise<void> => {
        while (performance.now() < end) await senders.send(senders.make(next(), 1))
      }
      await Promise.all(Array.from({ length: 32 }, one))
      return (senders.acknowledged.size - from) / seconds
    }
    await closed()
    const peak = await closed()
    const flying: Promise<{
      readonly outcome: string
      readonly retryAfter: string | null
      readonly waited: number
    }>[] = []
    const from = senders.acknowledged.size
    const begun = performance.now()
    for (let sent = 0; performance.now() - begun < seconds * 1_000; ) {
      const due = ((performance.now() - begun) / 1_000) * peak * 3
      for (; sent < due; sent++) {
        const task = time.measure(() => senders.send(senders.make(next(), 1)))
        flying.push(task.then(({ value, waited }) => ({ ...value, waited })))
      }
      await pause(2)
    }
    const goodput = ((senders.acknowledged.size - from) / (performance.now() - begun)) * 1_000
    const answered = await Promise.all(flying)
    const { waited: recovered } = await time.measure(() =>
      until('all is sent', 60_000, () => senders.resend(32)),
    )
    const again = await closed()
    await server.stop()
    const store = createSqliteStore({ path: join(data, 'attune.db') })
    closing.later(() => store.close())
    const found = await audit(senders, store)
    const share = Math.round((100 * goodput) / peak)
    if (SOAK)
      console.log(
        `overload ×3: peak ${Math.round(peak)}/s, goodput ${Math.round(goodput)}/s (${share} %), ${answered.length} sent, slowest answer ${Math.round(client.slowest)} ms`,
      )
    return {
      answer: () => {
        // Whoever got through is answered: taken, or told when to come again.
        const wrong = answered.filter(({ outcome, retryAfter }) => outcome === 'later' && retryAfter === null)
        expect([client.silent, wrong]).toEqual([0, []])
        if (SOAK) expect(share).toBeGreaterThanOrEqual(80)
      },
      deadline: () => expect(client.slowest).toBeLessThanOrEqual(ANSWER_LIMIT_MS),
      recovery: () => {
        expect(recovered).toBeLessThanOrEqual(60_000)
        expect(again).toBeGreaterThan(peak / 3)
      },
      count: () => expect(found).toEqual(ALL_IS_WELL),
    }
  } finally {
    await closing.all()
  }
}

async function openSqlite({ later }: Closing): Promise<ProfileStore> {
  const store = createSqliteStore({ path: join(makeFolder(later), 'attune.db') })
  later(() => store.close())
  return store
}

async function openRedis({ later }: Closing): Promise<ProfileStore> {
  const server = await startRedis()
  later(() => server.stop())
  const store = createRedisStore({ url: server.url, timeout: 2_000 })
  later(() => store.close())
  return store
}

/** More than there should be. */
export const LOAD: readonly Scenario[] = [
  {
    name: 'one visitor with half of all traffic holds up nobody else in SQLite',
    play: () => playHot(openSqlite),
  },
  {
    name: 'one visitor with half of all traffic holds up nobody else in Redis',
    needs: 'redis',
    play: () => playHot(openRedis),
  },
  {
    name: 'a collector that is sent three times what it can take goes on taking what it can',
    play: playOverload,
  },
]
