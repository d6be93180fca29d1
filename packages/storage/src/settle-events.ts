import {
  type AttuneEvent,
  applyEvents,
  compareEvents,
  emptyProfile,
  type History,
  type SignalPlan,
} from '@attune/core'

/**
 * Moves the oldest recent events of a history into its base, so that they may be deleted: the profile stays the fold
 * of base and recent events. `plan` is the one the history was folded for.
 */
export function settleEvents(history: History, oldest: readonly AttuneEvent[], plan: SignalPlan): History {
  if (oldest.length === 0) return history
  const base = applyEvents(history.base ?? emptyProfile(plan), [...oldest].sort(compareEvents), plan)
  return { ...history, base, recentCount: history.recentCount - oldest.length }
}
