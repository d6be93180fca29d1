import {
  type AttuneEvent,
  adoptPlan,
  compareEvents,
  emptyHistory,
  foldEvents,
  type History,
  type SignalPlan,
  toSeconds,
} from '@attune/core'
import { type KeptEvent, readEvent, writeEvent } from '../kept-event.ts'
import {
  type AppendBatch,
  type AppendResult,
  KEPT_REJECTIONS,
  type KeptRejection,
  MAX_REJECTED_TEXT,
  MIN_EVENT_RETENTION,
  type Quarantine,
  type RehearsingStore,
} from '../profile-store.ts'
import { settleEvents } from '../settle-events.ts'
import { sortBatch } from '../sort-batch.ts'
import { visitorErased } from '../store-error.ts'
import type { EraseResult, VisitorRecord, VisitorRights } from '../visitor-rights.ts'

interface Kept {
  history: History
  plan: SignalPlan
  readonly events: Map<string, KeptEvent>
  /** Ids of the events that the history's base has not taken in. */
  readonly recent: Set<string>
}

/** Keeps everything in this process: for tests, replays and trying things out. */
export function createMemoryStore(): RehearsingStore & Quarantine & VisitorRights {
  const visitors = new Map<string, Kept>()
  const counts = new Map<string, number>()
  let rejections: KeptRejection[] = []
  let lastRejection = 0
  // Visitor → when.
  const erased = new Map<string, number>()
  let closed = false

  const append = (batch: AppendBatch): AppendResult => {
    if (erased.has(batch.visitor)) throw visitorErased('memory')
    return appendBatch(visitors, batch)
  }
  const rehearse = (batch: AppendBatch): AppendResult => {
    if (erased.has(batch.visitor)) throw visitorErased('memory')
    return fold(visitors.get(batch.visitor), batch).result
  }
  const erase = (visitor: string, at: number): EraseResult => {
    const known = visitors.get(visitor)
    visitors.delete(visitor)
    if (!erased.has(visitor)) erased.set(visitor, at)
    const before = rejections.length
    rejections = rejections.filter((rejection) => rejection.visitor !== visitor)
    return {
      at: erased.get(visitor)!,
      profiles: known === undefined ? 0 : 1,
      events: known?.events.size ?? 0,
      rejected: before - rejections.length,
      queued: 0,
      leftovers: [],
    }
  }

  // What a port is asked rejects; it never throws.
  async function opened<T>(ask: () => T): Promise<T> {
    if (closed) throw new Error('[storage] memory: the store is closed. Create another one.')
    return ask()
  }

  return {
    load: (visitor, plan) => opened(() => loadProfile(visitors.get(visitor), plan)),
    append: (batch) => opened(() => append(batch)),
    rehearse: (batch) => opened(() => rehearse(batch)),
    reject: (rejected) =>
      opened(() => {
        for (const rejection of rejected) {
          const { reason, time, event, visitor } = rejection
          counts.set(reason, (counts.get(reason) ?? 0) + 1)
          const isErased = visitor !== undefined && erased.has(visitor)
          const kept = isErased ? { reason, time, event: '' } : rejection
          rejections.push({
            ...kept,
            id: ++lastRejection,
            event: isErased ? '' : event.slice(0, MAX_REJECTED_TEXT),
          })
        }
        // Cut now and then, not at each event.
        if (rejections.length > 2 * KEPT_REJECTIONS) rejections.splice(0, rejections.length - KEPT_REJECTIONS)
      }),
    rejectedCounts: () => opened(() => Object.fromEntries(counts)),
    listRejected: ({ reason, after, most }) =>
      opened(() =>
        rejections
          .slice(-KEPT_REJECTIONS)
          .filter((rejection) => rejection.id > after && (reason ?? rejection.reason) === rejection.reason)
          .slice(0, most),
      ),
    dropRejected: (ids) =>
      opened(() => {
        const dropped = new Set(ids)
        rejections = rejections.filter(({ id }) => !dropped.has(id))
      }),
    exportVisitor: (visitor) => opened(() => recordOf(visitor, visitors.get(visitor), rejections)),
    erase: (visitor, at) => opened(() => erase(visitor, at)),
    sweep: (now, { events, profiles }) =>
      opened(() => {
        const swept = { events: 0, profiles: 0 }
        const cutoff = toSeconds(now - Math.max(events, MIN_EVENT_RETENTION)) * 1000
        rejections = rejections.filter(({ time }) => time >= cutoff)
        for (const [visitor, kept] of visitors) {
          const isOld = (kept.history.profile.last?.seconds ?? 0) * 1000 < now - profiles
          if (isOld) visitors.delete(visitor)
          swept.profiles += isOld ? 1 : 0
          swept.events += isOld ? kept.events.size : forgetEvents(kept, cutoff)
        }
        return swept
      }),
    close: async () => {
      closed = true
    },
  }
}

function loadProfile(kept: Kept | undefined, plan: SignalPlan): AppendResult['before'] {
  return kept === undefined ? null : adoptPlan(kept.history, plan, () => recentOf(kept)).history.profile
}

function appendBatch(visitors: Map<string, Kept>, batch: AppendBatch): AppendResult {
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

function fold(known: Kept | undefined, { events, plan }: AppendBatch) {
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

function forgetEvents(kept: Kept, cutoff: number): number {
  const old = [...kept.events.values()].filter(({ time }) => time < cutoff)
  const settling = old.filter(({ id }) => kept.recent.has(id))
  kept.history = settleEvents(kept.history, settling.map(readEvent), kept.plan)
  for (const { id } of old) {
    kept.events.delete(id)
    kept.recent.delete(id)
  }
  return old.length
}

function recordOf(
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
