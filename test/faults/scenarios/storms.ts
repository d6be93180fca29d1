import { join } from 'node:path'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect } from 'vitest'
import { ALL_IS_WELL, audit } from '../../support/fault-audit.ts'
import { makeFolder } from '../../support/fault-folder.ts'
import { askAddress, createSenders } from '../../support/fault-senders.ts'
import { startServe } from '../../support/fault-serve.ts'
import { runStorm, type Storm, type StormReport } from '../../support/fault-storm.ts'
import { countTime, until } from '../../support/fault-time.ts'
import { createClosing, type Proofs, type Scenario, SEED, SOAK } from './scenario.ts'

const ANSWER_LIMIT_MS = 10_000
// Each tracker makes an event so often.
const EVERY_MS = SOAK ? 10_000 : 60_000
const GONE_MS = 60_000
const BACK_MS = 360_000

interface PlayedStorm {
  readonly report: StormReport
  /** Requests a second while nothing is wrong. */
  readonly steady: number
  readonly deadline: Proofs['deadline']
  readonly recovery: Proofs['recovery']
}

/** Trackers that are five minutes without a collector. */
async function play(storm: Pick<Storm, 'trackers' | 'answer' | 'leaves'>): Promise<PlayedStorm> {
  const away = [GONE_MS, BACK_MS] as const
  const until = BACK_MS + (SOAK ? 660_000 : 420_000)
  const report = await runStorm({ ...storm, every: EVERY_MS, away, until, seed: SEED })
  // A page that is left sends twice: a second after its beginning, and at its end.
  const steady = ((storm.leaves ? 2 : 1) * storm.trackers * 1_000) / EVERY_MS
  const late = report.requests.slice(-120, -40)
  const mean = late.reduce((sum, count) => sum + count, 0) / late.length
  return {
    report,
    steady,
    // Whoever waited comes again within the longest pause, five minutes, and what a 503 asked for on top.
    deadline: () => expect(report.caughtUp - BACK_MS).toBeLessThanOrEqual(304_000),
    recovery: () => expect(Math.abs(mean - steady) / steady).toBeLessThan(0.15),
  }
}

async function playStorm(answer: Storm['answer']): Promise<Proofs> {
  const { report, steady, deadline, recovery } = await play({ trackers: 5_000, answer, leaves: false })
  return {
    // In every second: before it, while the collector is away, and when it is back.
    answer: () => expect(Math.max(...report.requests)).toBeLessThanOrEqual(2 * steady),
    deadline,
    recovery,
    count: () => {
      expect(report.made - report.accepted).toBe(0)
      expect(report.duplicates).toBe(0)
    },
  }
}

async function playLeaving(): Promise<Proofs> {
  const trackers = 2_000
  const { report, steady, deadline, recovery } = await play({ trackers, answer: 'nothing', leaves: true })
  const back = BACK_MS / 1_000
  return {
    answer: () => {
      expect(Math.max(...report.requests.slice(0, back))).toBeLessThanOrEqual(2 * steady)
      // Of two pages nothing leaves together, so each that waited is one request more: all of them within the time of a page.
      const waited = (BACK_MS - GONE_MS) / EVERY_MS
      expect(Math.max(...report.requests.slice(back))).toBeLessThanOrEqual((2 + waited) * steady)
    },
    deadline,
    recovery,
    count: () => {
      // What a page handed to its beacon before anybody could know that nobody hears it.
      expect(report.made - report.accepted).toBe(report.unheard)
      expect(report.unheard).toBeLessThanOrEqual(trackers)
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
    name: '2,000 visitors who go from page to page while the collector is not there make no storm either',
    play: playLeaving,
  },
  {
    name: '500 browsers that come in the moment in which the collector is back are all answered',
    play: playSockets,
  },
]
