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

/** The profile of a guest. */
export function foldGuest(
  { by, batches, heardBefore, firstSeen, traits }: Guest,
  { compiled, older }: Rulesets,
): Profile {
  const planOf = (at: number) => (at < heardBefore ? older.plan : compiled.plan)
  const heard = batches.map((events, at) => ({ events, plan: planOf(at) }))
  if (by !== 'merged') return foldBatches(heard, { firstSeen, traits }, planOf(0)).history.profile
  const [one, other] = [0, 1].map((device) => {
    return foldBatches(
      heard.filter((_, at) => at % 2 === device),
      device === 0 ? { firstSeen, traits } : { firstSeen: null, traits: {} },
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

// What no event says is given beforehand.
function foldBatches(
  batches: readonly Batch[],
  given: Pick<Guest, 'firstSeen' | 'traits'>,
  first: SignalPlan,
): Kept {
  const empty = emptyHistory(first)
  let history: History = { ...empty, profile: { ...empty.profile, ...given } }
  let recent: readonly AttuneEvent[] = []
  for (const { events, plan } of batches) {
    const folded = foldEvents(history, events, plan, () => recent)
    const gone = new Set(folded.settled)
    recent = [...recent, ...events].filter((event) => !gone.has(event))
    history = folded.history
  }
  return { history, recent }
}
