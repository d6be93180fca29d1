import {
  type AttuneEvent,
  type CompiledRuleset,
  emptyHistory,
  foldEvents,
  type History,
  mergeHistories,
  type Profile,
  type SignalPlan,
} from '@attune/core'
import type { Guest } from './scene.ts'

/** The ruleset of a guest, and the one before it. */
export interface Rulesets {
  readonly compiled: CompiledRuleset
  readonly older: CompiledRuleset
}

/** The profile of a guest, with the traits that no event says. */
export function foldGuest(guest: Guest, rulesets: Rulesets): Profile {
  return { ...foldEventsOf(guest, rulesets), traits: guest.traits }
}

function foldEventsOf(
  { by, batches, heardBefore, firstSeen }: Guest,
  { compiled, older }: Rulesets,
): Profile {
  const planOf = (at: number) => (at < heardBefore ? older.plan : compiled.plan)
  const heard = batches.map((events, at) => ({ events, plan: planOf(at) }))
  if (by !== 'merged') return foldBatches(heard, firstSeen, planOf(0)).history.profile
  const [one, other] = [0, 1].map((device) => {
    return foldBatches(
      heard.filter((_, at) => at % 2 === device),
      device === 0 ? firstSeen : null,
      planOf(device),
    )
  }) as [Kept, Kept]
  return mergeHistories(
    one.history,
    other.history,
    compiled.plan,
    () => one.recent,
    () => other.recent,
  ).history.profile
}

interface Kept {
  readonly history: History
  readonly recent: readonly AttuneEvent[]
}

interface Batch {
  readonly events: readonly AttuneEvent[]
  readonly plan: SignalPlan
}

function foldBatches(batches: readonly Batch[], firstSeen: number | null, first: SignalPlan): Kept {
  const empty = emptyHistory(first)
  let history: History = { ...empty, profile: { ...empty.profile, firstSeen } }
  let recent: readonly AttuneEvent[] = []
  for (const { events, plan } of batches) {
    const folded = foldEvents(history, events, plan, () => recent)
    const gone = new Set(folded.settled)
    recent = [...recent, ...events].filter((event) => !gone.has(event))
    history = folded.history
  }
  return { history, recent }
}
