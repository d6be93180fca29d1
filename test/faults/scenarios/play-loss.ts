import { createCollector } from '@attune/collector'
import type { ProfileReader, ProfileStore } from '@attune/storage'
import { expect } from 'vitest'
import { ALL_IS_WELL, type Audit, audit } from '../../support/fault-audit.ts'
import { NOON, PLAN, RULESET, SECRET } from '../../support/fault-ruleset.ts'
import { askHandler, createSenders, foldMade, type Senders } from '../../support/fault-senders.ts'
import { until } from '../../support/fault-time.ts'
import { type Closing, closingAfter, type Proofs, type Scenario } from './scenario.ts'

/** A store behind which acknowledged events may vanish, where its guide says so. */
export interface LossStage {
  readonly store: ProfileStore
  /** Whoever holds the profiles now. */
  readonly direct: () => ProfileReader
  /** Between what stays and what is lost. */
  readonly mark: () => unknown
  readonly lose: () => unknown
}

/** What is left after a loss: what was acknowledged before the mark, or nothing. */
export interface LossRow {
  readonly name: string
  readonly left: 'before the mark' | 'nothing'
  /** Milliseconds after which everything is taken again. */
  readonly recovers: number
}

const VISITORS = 4
const ROUNDS = 3
const APPEND_LIMIT_MS = 1_500

/** Makes a scenario in which a store loses what it acknowledged: whole batches and nothing else, and sending them again mends it. */
export function lossScenario(row: LossRow, open: (closing: Closing) => Promise<LossStage>): Scenario {
  return { name: row.name, needs: 'redis', play: () => play(row, open) }
}

async function play(row: LossRow, open: (closing: Closing) => Promise<LossStage>): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const { store, direct, mark, lose } = await open({ later })
    const { handle } = createCollector({
      ruleset: RULESET,
      secret: SECRET,
      store,
      clock: () => NOON,
      onError: () => {},
    })
    const senders = createSenders({ count: VISITORS, ask: askHandler(handle) })
    const outcomes: string[] = []
    const waits: number[] = []
    const sendRounds = async (): Promise<void> => {
      for (let round = 0; round < ROUNDS; round++) {
        for (const visitor of senders.visitors) {
          const { value, waited } = await time.measure(() => senders.send(senders.make(visitor)))
          outcomes.push(value.outcome)
          waits.push(waited)
        }
      }
    }
    await sendRounds()
    await mark()
    const before = new Set(senders.acknowledged)
    await sendRounds()
    await lose()
    const strange = await findStrange(senders, direct(), row.left === 'nothing' ? new Set() : before)
    const { waited: recovered } = await time.measure(() =>
      until('taken again', 20_000, () =>
        senders.send(senders.make(senders.visitors[0]!)).then(({ outcome }) => outcome === 'kept'),
      ),
    )
    // Trackers that still have what they sent send it again.
    for (const batch of [...senders.batches]) await senders.send(batch)
    await until('all is sent', 20_000, () => senders.resend())
    const found: Audit = await audit(senders, direct())
    return {
      answer: () => expect(outcomes).toEqual(outcomes.map(() => 'kept')),
      deadline: () => expect(Math.max(...waits)).toBeLessThanOrEqual(APPEND_LIMIT_MS),
      recovery: () => expect(recovered).toBeLessThanOrEqual(row.recovers),
      count: () => {
        expect(strange).toEqual([])
        expect(found).toEqual(ALL_IS_WELL)
      },
    }
  })
}

/** Visitors of whom not exactly what is left is there. */
export async function findStrange(
  senders: Senders,
  store: ProfileReader,
  left: ReadonlySet<string>,
): Promise<readonly string[]> {
  const strange: string[] = []
  for (const [visitor, made] of senders.made) {
    const events = [...made.values()].filter(({ id }) => left.has(id))
    const wanted = events.length === 0 ? null : foldMade(events)
    const profile = await store.load(visitor, PLAN)
    if (JSON.stringify(profile) !== JSON.stringify(wanted)) strange.push(visitor)
  }
  return strange
}
