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
import type { AskedOf, Batch, Visit } from './asked.ts'

type Compile = (ruleset: string) => CompiledRuleset

/** Folds what came, batch by batch, each for the ruleset of its time. */
export function foldVisit({ batches, ruleset, firstSeen, traits }: Visit, compile: Compile): History {
  return foldBatches(batches, ruleset, { firstSeen, traits }, compile).history
}

/** The profiles of two visitors who are one person, merged in either order. */
export function mergeVisits({ visit, others }: AskedOf<'merged'>, compile: Compile): readonly Profile[] {
  const { plan } = compile(visit.ruleset)
  const one = foldBatches(visit.batches, visit.ruleset, visit, compile)
  const other = foldBatches([{ events: others }], visit.ruleset, { firstSeen: null, traits: {} }, compile)
  const merge = (a: Kept, b: Kept): Profile => {
    const merged = mergeHistories(
      a.history,
      b.history,
      plan,
      () => a.recent,
      () => b.recent,
    )
    return merged.history.profile
  }
  return [merge(one, other), merge(other, one)]
}

// A visitor's history as a store keeps it, with the recent events beside it.
interface Kept {
  readonly history: History
  readonly recent: readonly AttuneEvent[]
}

function foldBatches(
  batches: readonly Batch[],
  ruleset: string,
  given: Pick<Visit, 'firstSeen' | 'traits'>,
  compile: Compile,
): Kept {
  const first = emptyHistory(compile(batches[0]?.ruleset ?? ruleset).plan)
  const nobody = {
    history: { ...first, profile: { ...first.profile, firstSeen: given.firstSeen, traits: given.traits } },
    recent: [],
  }
  return batches.reduce<Kept>(
    (kept, { events, ruleset: ofThatTime = ruleset }) => foldBatch(kept, events, compile(ofThatTime).plan),
    nobody,
  )
}

function foldBatch({ history, recent }: Kept, fresh: readonly AttuneEvent[], plan: SignalPlan): Kept {
  const { history: next, settled } = foldEvents(history, fresh, plan, () => recent)
  return { history: next, recent: [...recent, ...fresh].filter((event) => !settled.includes(event)) }
}
