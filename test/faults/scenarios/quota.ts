import { join } from 'node:path'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect } from 'vitest'
import { ALL_IS_WELL, audit } from '../../support/fault-audit.ts'
import { makeFolder } from '../../support/fault-folder.ts'
import { askAddress, createSenders, type Outcome } from '../../support/fault-senders.ts'
import { startServe, startServeWithQuota } from '../../support/fault-serve.ts'
import { until } from '../../support/fault-time.ts'
import { closingAfter, type Proofs, type Scenario } from './scenario.ts'

// 600 kB: some hundred batches.
const BLOCKS = 1_200
const BATCHES = 600
const ANSWER_LIMIT_MS = 5_000

/** A server whose files may not grow any more, as under the quota of a small account; then it gets more room. */
async function play(): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const data = makeFolder(later)
    const small = await startServeWithQuota(BLOCKS, '--data', data)
    later(() => small.stop())
    let { url } = small
    const ask = askAddress(() => url)
    const senders = createSenders({ count: 20, ask })
    const outcomes: Outcome[] = []
    const waits: number[] = []
    const hints: (string | null)[] = []
    let refusals = 0
    for (let at = 0; at < BATCHES && refusals < 20; at++) {
      const batch = senders.make(senders.visitors[at % 20]!, 10)
      const { value, waited } = await time.measure(() => senders.send(batch))
      outcomes.push(value.outcome)
      waits.push(waited)
      if (value.outcome === 'kept') continue
      refusals++
      hints.push(value.retryAfter)
    }
    const isAlive = await fetch(new URL('/healthz', url)).then(
      () => true,
      () => false,
    )
    await small.stop()
    const roomy = await startServe('--data', data)
    later(() => roomy.stop())
    url = roomy.url
    const { waited: recovered } = await time.measure(() =>
      until('all is sent', 20_000, () => senders.resend()),
    )
    await roomy.stop()
    const store = createSqliteStore({ path: join(data, 'attune.db') })
    later(() => store.close())
    const found = await audit(senders, store)
    return {
      answer: () => {
        expect(outcomes[0]).toBe('kept')
        expect(outcomes.filter((outcome) => outcome !== 'kept')).toEqual(Array(20).fill('later'))
        for (const hint of hints) expect(hint).toMatch(/^[123]$/)
        expect(isAlive).toBe(true)
      },
      deadline: () => expect(Math.max(...waits)).toBeLessThanOrEqual(ANSWER_LIMIT_MS),
      recovery: () => expect(recovered).toBeLessThanOrEqual(ANSWER_LIMIT_MS),
      count: () => expect(found).toEqual(ALL_IS_WELL),
    }
  })
}

/** A disk that is full for one account. */
export const QUOTA: readonly Scenario[] = [
  { name: 'a server over its quota of the disk refuses, lives on, and loses nothing when it has room', play },
]
