import {
  type AttuneEvent,
  adoptPlan,
  compareEvents,
  emptyHistory,
  type Folded,
  foldEvents,
  type History,
  type SignalPlan,
} from '@attune/core'
import { type KeptEvent, readEvent, writeEvent } from '../kept-event.ts'
import { type KeptVisitor, mergeKept } from '../merge/merge-kept.ts'
import type { AppendBatch, AppendResult, KeptRejection } from '../profile-store.ts'
import { settleEvents } from '../settle-events.ts'
import { sortBatch } from '../sort-batch.ts'
import type { VisitorRecord } from '../visitor-rights.ts'

/** A visitor as this process keeps it. */
export interface Kept {
  history: History
  plan: SignalPlan
  readonly events: Map<string, KeptEvent>
  /** Ids of the events that the history's base has not taken in. */
  readonly recent: Set<string>
}

/** A visitor's profile adopted to a plan; `null` for a visitor nobody has heard of. */
export function loadProfile(kept: Kept | undefined, plan: SignalPlan): AppendResult['before'] {
  return kept === undefined ? null : adoptPlan(kept.history, plan, () => recentOf(kept)).history.profile
}

/** Adds a batch. */
export function appendBatch(visitors: Map<string, Kept>, batch: AppendBatch): AppendResult {
  const known = visitors.get(batch.visitor)
  const { history, settled, fresh, result } = fold(known, batch)
  const kept: Kept = known ?? { history, plan: batch.plan, events: new Map(), recent: new Set() }
  kept.history = history
  kept.plan = batch.plan
  for (const event of fresh) {
    kept.events.set(event.id, event)
    kept.recent.add(event.id)
  }
  for (const { id } of settled) kept.recent.delete(id)
  visitors.set(batch.visitor, kept)
  return result
}

interface FoldedBatch extends Folded {
  readonly fresh: readonly KeptEvent[]
  readonly result: AppendResult
}

/** What a batch makes of a visitor. Keeps nothing. */
export function fold(known: Kept | undefined, { events, plan }: AppendBatch): FoldedBatch {
  const { fresh, duplicates, conflicts } = sortBatch(events.map(writeEvent), (id) => known?.events.get(id))
  const before = loadProfile(known, plan)
  const { history, settled } = foldEvents(
    known?.history ?? emptyHistory(plan),
    fresh.map(readEvent),
    plan,
    () => (known === undefined ? [] : recentOf(known)),
  )
  const accepted = fresh.map(({ id }) => id)
  const result: AppendResult = { profile: history.profile, before, accepted, duplicates, conflicts }
  return { history, settled, fresh, result }
}

function recentOf({ events, recent }: Kept): readonly AttuneEvent[] {
  return [...recent].map((id) => readEvent(events.get(id)!))
}

/** Makes one visitor of two. */
export function mergeBoth(from: Kept, into: Kept | undefined, plan: SignalPlan): Kept {
  const { history, recent, settled } = mergeKept(keptOf(from, plan), keptOf(into, plan), plan)
  // Of an event that both had settled the version of `into` stays.
  const events = new Map([...from.events, ...(into?.events ?? [])])
  for (const event of [...recent, ...settled]) events.set(event.id, writeEvent(event))
  return { history, plan, events, recent: new Set(recent.map(({ id }) => id)) }
}

function keptOf(kept: Kept | undefined, plan: SignalPlan): KeptVisitor {
  if (kept === undefined) return { history: emptyHistory(plan), recent: [], settled: new Set() }
  const settled = new Set([...kept.events.keys()].filter((id) => !kept.recent.has(id)))
  return { history: kept.history, recent: recentOf(kept), settled }
}

/** Deletes events before `cutoff`, milliseconds. Answers how many. */
export function forgetEvents(kept: Kept, cutoff: number): number {
  const old = [...kept.events.values()].filter(({ time }) => time < cutoff)
  const settling = old.filter(({ id }) => kept.recent.has(id))
  kept.history = settleEvents(kept.history, settling.map(readEvent), kept.plan)
  for (const { id } of old) {
    kept.events.delete(id)
    kept.recent.delete(id)
  }
  return old.length
}

/** Everything that is kept of a visitor. */
export function recordOf(
  visitor: string,
  kept: Kept | undefined,
  rejections: readonly KeptRejection[],
): VisitorRecord | null {
  const rejected = rejections
    .filter((rejection) => rejection.visitor === visitor)
    .map(({ id: _number, ...rejection }) => rejection)
  if (kept === undefined && rejected.length === 0) return null
  return {
    visitor,
    profile: kept?.history.profile ?? null,
    base: kept?.history.base ?? null,
    events: kept === undefined ? [] : [...kept.events.values()].map(readEvent).sort(compareEvents),
    rejected,
  }
}
