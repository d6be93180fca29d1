import { type AttuneEvent, applyEvents, compareEvents, emptyProfile } from '@attune/core'
import type { AppendBatch, AppendResult, IntakeResult } from '../profile-store.ts'
import type { PushedEvents } from './pushed-events.ts'

/** The store was asked about what this process had pushed as well; the answer is about the batch alone. */
export function toResult(
  rehearsed: AppendResult,
  { visitor, plan }: AppendBatch,
  known: readonly AttuneEvent[],
  pushed: PushedEvents,
): IntakeResult {
  const waiting = new Set(rehearsed.accepted)
  const ids = known.map(({ id }) => id)
  const folded = ids.filter((id) => !waiting.has(id))
  pushed.forget(visitor, folded)
  return {
    profile: rehearsed.profile,
    get before() {
      const missing = known.filter(({ id }) => waiting.has(id)).sort(compareEvents)
      const { before } = rehearsed
      return missing.length === 0 ? before : applyEvents(before ?? emptyProfile(plan), missing, plan)
    },
    accepted: without(rehearsed.accepted, ids),
    duplicates: without(rehearsed.duplicates, folded),
    conflicts: without(
      rehearsed.conflicts,
      folded.filter((id) => !rehearsed.duplicates.includes(id)),
    ),
  }
}

/** What this process knows by itself, while the store cannot be asked. */
export function unknownResult(events: readonly AttuneEvent[], known: ReadonlySet<string>): IntakeResult {
  const seen = new Set(known)
  const accepted: string[] = []
  const duplicates: string[] = []
  for (const { id } of events) {
    if (seen.has(id)) duplicates.push(id)
    else accepted.push(id)
    seen.add(id)
  }
  return { profile: null, before: null, accepted, duplicates, conflicts: [] }
}

// The first of each id.
function without(list: readonly string[], ids: readonly string[]): readonly string[] {
  const left = new Set(ids)
  return list.filter((id) => !left.delete(id))
}
