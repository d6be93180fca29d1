import { createCollector } from '@attune/collector'
import type { IntakeStore, ProfileReader } from '@attune/storage'
import { expect } from 'vitest'
import { ALL_IS_WELL, audit } from '../../support/fault-audit.ts'
import { NOON, RULESET, SECRET } from '../../support/fault-ruleset.ts'
import { askHandler, createSenders, type Outcome, type Sent } from '../../support/fault-senders.ts'
import { until } from '../../support/fault-time.ts'
import { type Closing, closingAfter, type Proofs, type Scenario } from './scenario.ts'

/** A store with something between it and the collector that may go wrong. */
export interface StoreStage {
  /** What the collector keeps in. */
  readonly store: IntakeStore
  /** The same profiles past everything that goes wrong. */
  readonly direct: ProfileReader
  /** Waits until nothing of what was acknowledged is still on its way. Default: nothing is. */
  readonly settle?: () => Promise<void>
}

/** What goes wrong with a store, and what is promised meanwhile. */
export interface StoreRow<Stage extends StoreStage> {
  readonly name: string
  readonly strike: (stage: Stage) => unknown
  /** Goes on while batches are sent, such as connections that break again and again. */
  readonly during?: (stage: Stage, round: number) => unknown
  readonly heal?: (stage: Stage) => unknown
  /**
   * `kept`: as if nothing were; `later`: 503 and when to come again; `first-later`: so the first visitor, the others as if nothing were;
   * `either`: each batch one or the other.
   */
  readonly answer: 'kept' | 'later' | 'first-later' | 'either'
  /** Milliseconds that an answer may take. */
  readonly within: number
  /** Milliseconds after which everything is taken again. Default 3,000. */
  readonly recovers?: number
  /** How often each visitor sends while it lasts. Default twice. */
  readonly rounds?: number
  /** Whether each batch has an event that is refused, which a store must keep count of. Default true. */
  readonly withStranger?: boolean
}

const VISITORS = 4
const ALLOWED: { readonly [answer in StoreRow<StoreStage>['answer']]: (at: number) => readonly Outcome[] } = {
  kept: () => ['kept'],
  later: () => ['later'],
  'first-later': (at) => [at % VISITORS === 0 ? 'later' : 'kept'],
  either: () => ['kept', 'later'],
}

/** Makes a scenario of a row: calm, trouble, calm again; then every profile is compared with a fold by core. */
export function storeScenario<Stage extends StoreStage>(
  row: StoreRow<Stage>,
  open: (closing: Closing) => Promise<Stage>,
  needs?: Scenario['needs'],
): Scenario {
  return { name: row.name, needs, play: () => play(row, open) }
}

interface Answered extends Sent {
  readonly waited: number
}

async function play<Stage extends StoreStage>(
  row: StoreRow<Stage>,
  open: (closing: Closing) => Promise<Stage>,
): Promise<Proofs> {
  const { withStranger = true } = row
  return closingAfter(async ({ later, time }) => {
    const stage = await open({ later })
    const { handle } = createCollector({
      ruleset: RULESET,
      secret: SECRET,
      store: stage.store,
      clock: () => NOON,
      onError: () => {},
    })
    const senders = createSenders({ count: VISITORS, withStranger, ask: askHandler(handle) })
    const sendOne = async (visitor: string): Promise<Answered> => {
      const { value, waited } = await time.measure(() => senders.send(senders.make(visitor)))
      return { ...value, waited }
    }
    const sendAll = () => Promise.all(senders.visitors.map(sendOne))

    // The first batches of a process connect, load and compile.
    await until('calm', 10_000, async () => {
      const sent = await sendAll()
      return sent.every(({ outcome }) => outcome === 'kept') && (await senders.resend())
    })
    const before = await sendAll()
    const answered: Answered[] = []
    try {
      await row.strike(stage)
      for (let round = 0; round < (row.rounds ?? 2); round++) {
        const sending = sendAll()
        await row.during?.(stage, round)
        answered.push(...(await sending))
      }
    } finally {
      await row.heal?.(stage)
    }
    const { waited: recovered } = await time.measure(() =>
      until(`${row.name}: taken again`, 20_000, () => senders.resend()),
    )
    await stage.settle?.()
    const after = await sendAll()
    await until('what is left', 20_000, () => senders.resend())
    await stage.settle?.()
    const found = await audit(senders, stage.direct)

    return {
      answer: () => {
        expect(before.map(({ outcome }) => outcome)).toEqual(before.map(() => 'kept'))
        const wrong = answered.filter(({ outcome }, at) => !ALLOWED[row.answer](at).includes(outcome))
        expect(wrong).toEqual([])
        for (const one of answered) if (one.outcome === 'later') expect(one.retryAfter).toMatch(/^[123]$/)
      },
      deadline: () => {
        expect(Math.max(...answered.map(({ waited }) => waited))).toBeLessThanOrEqual(row.within)
      },
      recovery: () => {
        expect(recovered).toBeLessThanOrEqual(row.recovers ?? 3_000)
        expect(after.map(({ outcome }) => outcome)).toEqual(after.map(() => 'kept'))
      },
      count: () => {
        expect(found).toEqual(ALL_IS_WELL)
        if (withStranger) expect(senders.ledger.refused).toBeGreaterThan(0)
      },
    }
  })
}
