import { type SignalPlan, toSeconds } from '@attune/core'
import { checkTwo, type Fate, refuseGone, targetOf } from '../merge/moves.ts'
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
import { visitorMoved } from '../store-error.ts'
import type { MergeResult, VisitorMerging } from '../visitor-merging.ts'
import type { EraseResult, VisitorRights } from '../visitor-rights.ts'
import {
  appendBatch,
  fold,
  forgetEvents,
  type Kept,
  loadProfile,
  mergeBoth,
  recordOf,
} from './memory-visitor.ts'

/** Keeps everything in this process: for tests, replays and trying things out. */
export function createMemoryStore(): RehearsingStore & Quarantine & VisitorRights & VisitorMerging {
  const visitors = new Map<string, Kept>()
  const counts = new Map<string, number>()
  let rejections: KeptRejection[] = []
  let lastRejection = 0
  // Visitor → when.
  const erased = new Map<string, number>()
  // Visitor → whom it was merged into, and when.
  const moved = new Map<string, { readonly into: string; readonly at: number }>()
  let closed = false

  const fateOf = (visitor: string): Fate => ({
    erased: erased.has(visitor),
    ...(moved.get(visitor) ?? { into: undefined }),
  })
  const absorbedBy = (into: string): readonly string[] =>
    [...moved].filter(([, marker]) => marker.into === into).map(([visitor]) => visitor)
  const ownerOf = (visitor: string): string => moved.get(visitor)?.into ?? visitor

  const append = (batch: AppendBatch): AppendResult => {
    refuseGone('memory', fateOf(batch.visitor))
    return appendBatch(visitors, batch)
  }
  const rehearse = (batch: AppendBatch): AppendResult => {
    refuseGone('memory', fateOf(batch.visitor))
    return fold(visitors.get(batch.visitor), batch).result
  }
  const erase = (visitor: string, at: number): EraseResult => {
    const known = visitors.get(visitor)
    visitors.delete(visitor)
    for (const gone of [visitor, ...absorbedBy(visitor)]) {
      moved.delete(gone)
      if (!erased.has(gone)) erased.set(gone, at)
    }
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

  const merge = (from: string, asked: string, plan: SignalPlan, at: number): MergeResult => {
    checkTwo('memory', from, asked)
    const into = targetOf('memory', from, asked, fateOf)
    const gone = fateOf(from)
    if (gone.into !== undefined && gone.into !== into) throw visitorMoved('memory', gone.into)
    const nothing = { isMerged: false, events: 0 }
    if (gone.erased || gone.into !== undefined) {
      return { ...nothing, profile: loadProfile(visitors.get(into), plan) }
    }
    const source = visitors.get(from)
    visitors.delete(from)
    for (const one of [from, ...absorbedBy(from)]) moved.set(one, { into, at: moved.get(one)?.at ?? at })
    rejections = rejections.map((one) => (one.visitor === from ? { ...one, visitor: into } : one))
    if (source === undefined) return { ...nothing, profile: loadProfile(visitors.get(into), plan) }
    const target = visitors.get(into)
    const merged = mergeBoth(source, target, plan)
    visitors.set(into, merged)
    return {
      isMerged: true,
      events: merged.events.size - (target?.events.size ?? 0),
      profile: merged.history.profile,
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
          const { reason, time, event } = rejection
          const visitor = rejection.visitor === undefined ? undefined : ownerOf(rejection.visitor)
          counts.set(reason, (counts.get(reason) ?? 0) + 1)
          const isErased = visitor !== undefined && erased.has(visitor)
          const named = visitor === undefined ? rejection : { ...rejection, visitor }
          const kept = isErased ? { reason, time, event: '' } : named
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
    exportVisitor: (visitor) =>
      opened(() => {
        const record = recordOf(visitor, visitors.get(visitor), rejections)
        const absorbed = absorbedBy(visitor).length
        return record === null || absorbed === 0 ? record : { ...record, absorbed }
      }),
    erase: (visitor, at) => opened(() => erase(visitor, at)),
    mergeVisitor: (from, into, plan, at) => opened(() => merge(from, into, plan, at)),
    absorbedBy: (into) => opened(() => absorbedBy(into)),
    sweep: (now, { events, profiles }) =>
      opened(() => {
        const swept = { events: 0, profiles: 0 }
        const cutoff = toSeconds(now - Math.max(events, MIN_EVENT_RETENTION)) * 1000
        rejections = rejections.filter(({ time }) => time >= cutoff)
        for (const [visitor, { at }] of moved) if (at < now - profiles) moved.delete(visitor)
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
