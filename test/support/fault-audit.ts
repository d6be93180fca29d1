import type { ProfileReader } from '@attune/storage'
import { PLAN } from './fault-ruleset.ts'
import { foldMade, type Ledger, type Senders } from './fault-senders.ts'

/** What an audit found; all is well when everything is 0 or empty. */
export interface Audit {
  /** Events of the ledger that are in none of its columns. */
  readonly unaccounted: number
  /** Made events that were never acknowledged. */
  readonly open: number
  /** Visitors whose profile is not what core folds from what was acknowledged: something lost, or counted twice. */
  readonly wrong: readonly string[]
}

export const ALL_IS_WELL: Audit = { unaccounted: 0, open: 0, wrong: [] }

/** Compares every visitor's profile with a fold by core, and the ledger with itself. */
export async function audit(senders: Senders, store: ProfileReader): Promise<Audit> {
  const wrong: string[] = []
  let open = 0
  for (const [visitor, made] of senders.made) {
    const events = [...made.values()].filter(({ id }) => senders.acknowledged.has(id))
    open += made.size - events.length
    const profile = await store.load(visitor, PLAN)
    const wanted = events.length === 0 ? null : foldMade(events)
    if (JSON.stringify(profile) !== JSON.stringify(wanted)) wrong.push(visitor)
  }
  return { unaccounted: unaccounted(senders.ledger), open, wrong }
}

/** `sent = acknowledged + refused + throttled + unanswered`; what is left over. */
export function unaccounted(ledger: Ledger): number {
  const { sent, accepted, duplicates, refused, throttled, unanswered } = ledger
  return sent - accepted - duplicates - refused - throttled - unanswered
}
