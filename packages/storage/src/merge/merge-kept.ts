import { type AttuneEvent, type History, mergeHistories, type SignalPlan, uniteEvents } from '@attune/core'

/** What a store keeps of a visitor. */
export interface KeptVisitor {
  readonly history: History
  /** Those that the base has not taken in. */
  readonly recent: readonly AttuneEvent[]
  /** Ids of those that it has. */
  readonly settled: ReadonlySet<string>
}

/** What of two visitors is to be kept for one, besides what the bases of both had taken in before. */
export interface MergedVisitor {
  readonly history: History
  readonly recent: readonly AttuneEvent[]
  /** Recent no more: the base has taken them in. */
  readonly settled: readonly AttuneEvent[]
}

/** Makes one of two visitors. An event that one of the bases has taken in is left out of the other's recent ones: it counts once. */
export function mergeKept(a: KeptVisitor, b: KeptVisitor, plan: SignalPlan): MergedVisitor {
  const [recentA, recentB] = [without(a.recent, b.settled), without(b.recent, a.settled)]
  const { history, settled } = mergeHistories(
    a.history,
    b.history,
    plan,
    () => recentA,
    () => recentB,
  )
  const gone = new Set(settled.map(({ id }) => id))
  const united = uniteEvents([...recentA, ...recentB])
  return {
    history,
    recent: united.filter(({ id }) => !gone.has(id)),
    settled: united.filter(({ id }) => gone.has(id)),
  }
}

function without(events: readonly AttuneEvent[], ids: ReadonlySet<string>): readonly AttuneEvent[] {
  return events.filter(({ id }) => !ids.has(id))
}
