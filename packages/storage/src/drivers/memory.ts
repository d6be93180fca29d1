import {
  type AttuneEvent,
  adoptPlan,
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
  MAX_REJECTED_TEXT,
  MIN_EVENT_RETENTION,
  type RehearsingStore,
  type RejectedEvent,
} from '../profile-store.ts'
import { settleEvents } from '../settle-events.ts'
import { sortBatch } from '../sort-batch.ts'

interface Kept {
  history: History
  plan: SignalPlan
  readonly events: Map<string, KeptEvent>
  /** Ids of the events that the history's base has not taken in. */
  readonly recent: Set<string>
}

/** Keeps everything in this process: for tests, replays and trying things out. */
export function createMemoryStore(): RehearsingStore {
  const visitors = new Map<string, Kept>()
  const counts = new Map<string, number>()
  const rejections: RejectedEvent[] = []
  let closed = false

  // What a port is asked rejects; it never throws.
  async function opened<T>(ask: () => T): Promise<T> {
    if (closed) throw new Error('[storage] memory: the store is closed. Create another one.')
    return ask()
  }

  return {
    load: (visitor, plan) => opened(() => loadProfile(visitors.get(visitor), plan)),
    append: (batch) => opened(() => append(visitors, batch)),
    rehearse: (batch) => opened(() => fold(visitors.get(batch.visitor), batch).result),
    reject: (rejected) =>
      opened(() => {
        for (const { reason, time, event } of rejected) {
          counts.set(reason, (counts.get(reason) ?? 0) + 1)
          rejections.push({ reason, time, event: event.slice(0, MAX_REJECTED_TEXT) })
        }
        // Cut now and then, not at each event.
        if (rejections.length > 2 * KEPT_REJECTIONS) rejections.splice(0, rejections.length - KEPT_REJECTIONS)
      }),
    rejectedCounts: () => opened(() => Object.fromEntries(counts)),
    sweep: (now, { events, profiles }) =>
      opened(() => {
        const swept = { events: 0, profiles: 0 }
        const cutoff = toSeconds(now - Math.max(events, MIN_EVENT_RETENTION)) * 1000
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

function append(visitors: Map<string, Kept>, batch: AppendBatch): AppendResult {
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
