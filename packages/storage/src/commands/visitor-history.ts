import { type AttuneEvent, emptyHistory, foldEvents, type History, type SignalPlan } from '@attune/core'
import { readProfile } from '../drivers/profile-text.ts'
import type { VisitorRow } from './read-visitor.ts'

/** What a visitor's row says, ready for folding. */
export interface ReadHistory {
  readonly history: History
  readonly recent: readonly AttuneEvent[]
  /** Events that stand among the recent ones and must not any more. */
  readonly settled: readonly AttuneEvent[]
  /** The base is not the one that is stored. */
  readonly mended: boolean
}

/** The history of a visitor nobody has heard of. */
export function newHistory(plan: SignalPlan): ReadHistory {
  return { history: emptyHistory(plan), recent: [], settled: [], mended: false }
}

/**
 * Reads the history of a row whose profile was folded for `from`. `plan` is the one asked for: of a row whose own plan is
 * lost, what its recent events say is kept.
 */
export function historyOf(row: VisitorRow, from: SignalPlan | undefined, plan: SignalPlan): ReadHistory {
  const recent = row.rest?.recent ?? []
  if (from === undefined) {
    const { history } = foldEvents(emptyHistory(plan), recent, plan, () => [])
    return { history, recent, settled: [], mended: true }
  }
  const profile = readProfile(row.profile, from)
  // Some of its recent events are gone, because Redis was allowed to evict keys: the profile stays what it is.
  if (row.rest !== undefined && recent.length !== row.count) {
    return {
      history: { profile, plan: from, base: profile, recentCount: 0 },
      recent: [],
      settled: recent,
      mended: true,
    }
  }
  const base = row.rest?.base ?? null
  return {
    history: {
      profile,
      plan: from,
      base: base === null ? null : readProfile(base, from),
      recentCount: row.count,
    },
    recent,
    settled: [],
    mended: false,
  }
}
