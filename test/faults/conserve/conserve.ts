import { createCollector } from '@attune/collector'
import type { ProfileStore } from '@attune/storage'
import { NOON, PLAN, RULESET, SECRET } from '../../support/fault-ruleset.ts'
import { type Ask, askHandler, foldMade, type Heard, type Ledger } from '../../support/fault-senders.ts'
import { pause } from '../../support/fault-time.ts'
import { type Cohort, type CohortBatch, makeCohort } from './make-cohort.ts'

/** How many events, and where they are kept. */
export interface ConserveSettings {
  readonly events: number
  readonly seed: number
  readonly store: ProfileStore
  /** Called after each cohort was compared: what was compared may go. */
  readonly onCompared?: () => Promise<void>
  /** Hears how many events were sent for the first time. */
  readonly onProgress?: (events: number) => void
}

/** What became of them. All is well when the last five are 0. */
export interface ConserveReport {
  readonly made: number
  readonly ledger: Readonly<Ledger>
  readonly visitors: number
  readonly seconds: number
  /** Events of the ledger that are in none of its columns. */
  readonly unaccounted: number
  /** Visitors whose profile counts fewer views than were acknowledged. */
  readonly lost: number
  /** Visitors whose profile counts more. */
  readonly doubled: number
  /** Visitors whose profile differs from a fold by core in anything else. */
  readonly different: number
  /** Refusals that were answered and not counted, or counted and not answered. */
  readonly miscounted: number
}

const COHORT = 100_000
const SIDE_BY_SIDE = 64
const PAUSE_MS = 50
const VIEWS = 'total view_item'

/** Sends events through a collector, cohort by cohort, and compares every profile with a fold by core. */
export async function conserve(settings: ConserveSettings): Promise<ConserveReport> {
  const { events, seed, store, onCompared, onProgress = () => {} } = settings
  const { handle } = createCollector({
    ruleset: RULESET,
    secret: SECRET,
    store,
    clock: () => NOON,
    onError: () => {},
  })
  const ask = askHandler(handle)
  const ledger: Ledger = { sent: 0, accepted: 0, duplicates: 0, refused: 0, throttled: 0, unanswered: 0 }
  const wrong = { lost: 0, doubled: 0, different: 0 }
  const begun = performance.now()
  let made = 0
  let visitors = 0
  let lostRefusals = 0
  let counted = 0
  for (let at = 0; at * COHORT < events; at++) {
    const cohort = makeCohort(seed + at, Math.min(COHORT, events - at * COHORT))
    lostRefusals += await sendAll(cohort, ask, ledger, (sent) => onProgress(made + sent))
    await compareAll(cohort, store, wrong)
    made += [...cohort.made.values()].reduce((sum, own) => sum + own.length, 0)
    visitors += cohort.made.size
    const { 'unknown-event': refused = 0 } = await store.rejectedCounts()
    if (onCompared !== undefined) {
      counted += refused
      await onCompared()
    } else counted = refused
  }
  const { sent, accepted, duplicates, refused, throttled, unanswered } = ledger
  return {
    made,
    ledger,
    visitors,
    seconds: (performance.now() - begun) / 1_000,
    unaccounted: sent - accepted - duplicates - refused - throttled - unanswered,
    miscounted: Math.abs(counted - refused - lostRefusals),
    ...wrong,
  }
}

/** Answers how many refusals were answered on the way that nobody heard. */
async function sendAll(
  { batches }: Cohort,
  ask: Ask,
  ledger: Ledger,
  onProgress: (events: number) => void,
): Promise<number> {
  let next = 0
  let sent = 0
  let lostRefusals = 0
  const sendOne = async (batch: CohortBatch): Promise<void> => {
    const size = batch.ids.length + batch.strangers
    for (;;) {
      const heard = await ask({ ...batch, size })
      ledger.sent += size
      if (heard?.status === 200 && batch.isLost) {
        ledger.unanswered += size
        lostRefusals += batch.strangers
        return
      }
      if (heard?.status === 200) return void settle(ledger, heard)
      ledger.throttled += size
      await pause(PAUSE_MS)
    }
  }
  const work = async (): Promise<void> => {
    while (next < batches.length) {
      const batch = batches[next++]!
      await sendOne(batch)
      sent += batch.ids.length
      if (next % 500 === 0) onProgress(sent)
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  return lostRefusals
}

function settle(ledger: Ledger, { text }: Heard): void {
  const { accepted, duplicates, rejected } = JSON.parse(text)
  ledger.accepted += accepted
  ledger.duplicates += duplicates
  ledger.refused += rejected.length
}

interface Wrong {
  lost: number
  doubled: number
  different: number
}

async function compareAll({ made }: Cohort, store: ProfileStore, wrong: Wrong): Promise<void> {
  const visitors = [...made]
  const work = async (): Promise<void> => {
    for (let pair = visitors.pop(); pair !== undefined; pair = visitors.pop()) {
      const [visitor, events] = pair
      const profile = await store.load(visitor, PLAN)
      const wanted = foldMade(events)
      if (JSON.stringify(profile) === JSON.stringify(wanted)) continue
      const [found, right] = [viewsOf(profile?.signals[VIEWS]), viewsOf(wanted.signals[VIEWS])]
      if (found < right) wrong.lost++
      else if (found > right) wrong.doubled++
      else wrong.different++
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
}

function viewsOf(signal: unknown): number {
  return typeof signal === 'object' && signal !== null && 'total' in signal ? Number(signal.total) : 0
}
