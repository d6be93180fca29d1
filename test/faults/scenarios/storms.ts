import { join } from 'node:path'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect } from 'vitest'
import { ALL_IS_WELL, audit } from '../../support/fault-audit.ts'
import { makeFolder } from '../../support/fault-folder.ts'
import { askAddress, createSenders } from '../../support/fault-senders.ts'
import { startServe } from '../../support/fault-serve.ts'
import { runStorm, type StormReport } from '../../support/fault-storm.ts'
import { countTime, until } from '../../support/fault-time.ts'
import { createClosing, type Proofs, type Scenario, SEED, SOAK } from './scenario.ts'

const ANSWER_LIMIT_MS = 10_000
// Each tracker makes an event so often.
const EVERY_MS = SOAK ? 10_000 : 60_000
const STEADY = (5_000 * 1_000) / EVERY_MS

/** 5,000 trackers, five minutes without a collector. */
async function playStorm(answer: 'nothing' | 'later'): Promise<Proofs> {
  const back = 360_000
  const report: StormReport = await runStorm({
    trackers: 5_000,
    every: EVERY_MS,
    away: [60_000, back],
    until: back + (SOAK ? 660_000 : 420_000),
    answer,
    seed: SEED,
  })
  const { requests, made, accepted, duplicates, caughtUp } = report
  const after = requests.slice(back / 1_000)
  const peak = Math.max(...after)
  const late = requests.slice(-120, -40)
  const mean = late.reduce((sum, count) => sum + count, 0) / late.length
  return {
    answer: () => expect(peak).toBeLessThanOrEqual(2 * STEADY),
    // Whoever waited comes again within the longest pause, five minutes, and what a 503 asked for on top.
    deadline: () => expect(caughtUp - back).toBeLessThanOrEqual(304_000),
    recovery: () => expect(Math.abs(mean - STEADY) / STEADY).toBeLessThan(0.15),
    count: () => {
      expect(made - accepted).toBe(0)
      expect(duplicates).toBe(0)
    },
  }
}

/** 500 browsers that all come at the moment in which the collector is back. */
async function playSockets(): Promise<Proofs> {
  const closing = createClosing()
  const time = countTime()
  closing.later(time.stop)
  try {
    const data = makeFolder(closing.later)
    let server = await startServe('--data', data)
    closing.later(() => server.stop())
    const waits: number[] = []
    const ask = askAddress(() => server.url, ANSWER_LIMIT_MS)
    const senders = createSenders({
      count: 500,
      ask: async (batch) => {
        const begun = time.now()
        return ask(batch).finally(() => waits.push(time.now() - begun))
      },
    })
    await senders.send(senders.make(senders.visitors[0]!))
    await server.stop()
    const gone = await Promise.all(senders.visitors.map((visitor) => senders.send(senders.make(visitor))))
    server = await startServe('--data', data)
    const fresh = await Promise.all(senders.visitors.map((visitor) => senders.send(senders.make(visitor))))
    const { waited: recovered } = await time.measure(() =>
      until('all is sent', 30_000, () => senders.resend()),
    )
    await server.stop()
    const store = createSqliteStore({ path: join(data, 'attune.db') })
    closing.later(() => store.close())
    const found = await audit(senders, store)
    return {
      answer: () => {
        expect(gone.map(({ outcome }) => outcome)).toEqual(gone.map(() => 'unanswered'))
        const wrong = fresh.filter(({ outcome, retryAfter }) => outcome !== 'kept' && retryAfter === null)
        expect(wrong).toEqual([])
      },
      deadline: () => expect(Math.max(...waits)).toBeLessThanOrEqual(ANSWER_LIMIT_MS),
      recovery: () => expect(recovered).toBeLessThanOrEqual(20_000),
      count: () => expect(found).toEqual(ALL_IS_WELL),
    }
  } finally {
    await closing.all()
  }
}

/** Everybody who comes back at once. */
export const STORMS: readonly Scenario[] = [
  {
    name: '5,000 trackers whose collector was not there for five minutes come back spread out',
    play: () => playStorm('nothing'),
  },
  {
    name: '5,000 trackers whose collector said 503 for five minutes come back spread out',
    play: () => playStorm('later'),
  },
  {
    name: '500 browsers that come in the moment in which the collector is back are all answered',
    play: playSockets,
  },
]
