import { createCollector } from '@attune/collector'
import { createRedisStore } from '@attune/storage/redis'
import { expect } from 'vitest'
import { ALL_IS_WELL, audit } from '../../support/fault-audit.ts'
import { NOON, RULESET, SECRET } from '../../support/fault-ruleset.ts'
import { askHandler, createSenders } from '../../support/fault-senders.ts'
import { until } from '../../support/fault-time.ts'
import { type RedisServer, startRedis } from '../../support/redis.ts'
import { closingAfter, type Proofs, type Scenario } from './scenario.ts'

// Few enough events that the oracle is exact.
const HOT = 200
const OTHERS = 30
// What comes while a batch of one visitor is under way goes together, sixty-four at most: the others wait for one such group.
const PASSED_BY = 100
const PATIENT = { timeout: 10_000, patience: 30_000 }

/** One visitor sends two hundred batches in one moment, and thirty others one each right behind them. */
async function play(): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const server = await startRedis()
    later(() => server.stop())
    const store = createRedisStore({ url: server.url, ...PATIENT })
    later(() => store.close())
    const { handle } = createCollector({
      ruleset: RULESET,
      secret: SECRET,
      store,
      clock: () => NOON,
      onError: () => {},
    })
    const senders = createSenders({ count: OTHERS + 1, ask: askHandler(handle) })
    const [hot = '', ...others] = senders.visitors
    // The first batches of a process connect, load and compile.
    await until('calm', 20_000, async () => (await senders.send(senders.make(hot, 1))).outcome === 'kept')
    const outcomes: string[] = []
    const answered: string[] = []
    const sendOne = async (visitor: string): Promise<void> => {
      const { outcome } = await senders.send(senders.make(visitor, 1))
      outcomes.push(outcome)
      answered.push(visitor)
    }
    const before = await scriptsRun(server)
    await Promise.all([...Array<string>(HOT).fill(hot), ...others].map(sendOne))
    const asked = (await scriptsRun(server)) - before
    const last = answered.findLastIndex((visitor) => visitor !== hot)
    const { waited: recovered } = await time.measure(() => Promise.all(senders.visitors.map(sendOne)))
    const found = await audit(senders, store)
    return {
      answer: () => expect(outcomes).toEqual(outcomes.map(() => 'kept')),
      // No clock: whoever came behind the two hundred is answered before most of them.
      deadline: () => expect(last - (OTHERS - 1)).toBeLessThanOrEqual(PASSED_BY),
      recovery: () => expect(recovered).toBeLessThanOrEqual(5_000),
      count: () => {
        expect(found).toEqual(ALL_IS_WELL)
        // A visitor who is folded in groups costs the store less than as many visitors would.
        expect(asked).toBeGreaterThanOrEqual(2 * OTHERS)
        expect(asked).toBeLessThanOrEqual((2 * (HOT + OTHERS)) / 3)
      },
    }
  })
}

async function scriptsRun(server: RedisServer): Promise<number> {
  const stats = String(await server.ask('INFO', 'commandstats'))
  const calls = [...stats.matchAll(/^cmdstat_(?:eval|evalsha)(?:_ro)?:calls=(\d+)/gm)]
  return calls.reduce((sum, [, count]) => sum + Number(count), 0)
}

/** One visitor who sends more than everybody else together. */
export const HOT_VISITOR: readonly Scenario[] = [
  {
    name: 'nobody stands behind one visitor whose two hundred batches come at once in Redis',
    needs: 'redis',
    play,
  },
]
