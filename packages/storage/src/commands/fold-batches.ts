import { adoptPlan, foldEvents, type History, type Profile, type SignalPlan } from '@attune/core'
import { type KeptEvent, readEvent } from '../kept-event.ts'
import type { AppendResult } from '../profile-store.ts'
import { type SortedBatch, sortBatch } from '../sort-batch.ts'
import type { VisitorRow } from './read-visitor.ts'
import type { ReadHistory } from './visitor-history.ts'

/** What batches of one visitor, one after the other, make of its history. */
export interface FoldedBatches {
  readonly results: readonly AppendResult[]
  readonly history: History
  readonly fresh: readonly KeptEvent[]
  /** Fresh and recent events that the base has taken in. */
  readonly settled: readonly { readonly id: string }[]
  /** The recent events were needed and not read: all of it is worth nothing. */
  readonly isBlind: boolean
}

/** Folds batches into what was read of a visitor; `row` is missing for a visitor nobody has heard of. */
export function foldBatches(
  row: VisitorRow | undefined,
  read: ReadHistory,
  batches: readonly (readonly KeptEvent[])[],
  plan: SignalPlan,
): FoldedBatches {
  const recent = new Map(read.recent.map((event) => [event.id, event]))
  const fresh = new Map<string, KeptEvent>()
  const settled: { readonly id: string }[] = [...read.settled]
  let { history } = read
  let isBlind = false
  let before: () => Profile | null = () => (row === undefined ? null : adopted(read, plan))
  const readRecent = () => {
    isBlind ||= row !== undefined && row.rest === undefined
    return [...recent.values()]
  }

  const results = batches.map((events): AppendResult => {
    const sorted = sortBatch(events, (id) => fresh.get(id) ?? row?.known.get(id))
    const folded = foldEvents(history, sorted.fresh.map(readEvent), plan, readRecent)
    history = folded.history
    for (const event of sorted.fresh) {
      fresh.set(event.id, event)
      recent.set(event.id, readEvent(event))
    }
    for (const { id } of folded.settled) {
      settled.push({ id })
      recent.delete(id)
    }
    const result = toResult(before, history.profile, sorted)
    before = () => result.profile
    return result
  })
  return { results, history, fresh: [...fresh.values()], settled, isBlind }
}

/** The profile of a history, adopted to a plan. */
export function adopted({ history, recent }: ReadHistory, plan: SignalPlan): Profile {
  return adoptPlan(history, plan, () => recent).history.profile
}

function toResult(
  before: () => Profile | null,
  profile: Profile,
  { fresh, duplicates, conflicts }: SortedBatch,
): AppendResult {
  return {
    profile,
    // Few ask for it.
    get before() {
      return before()
    },
    accepted: fresh.map(({ id }) => id),
    duplicates,
    conflicts,
  }
}
