import { type AttuneEvent, toSeconds } from '../event/event.ts'
import { compareEvents } from '../event/event-order.ts'
import { own } from '../result/json.ts'
import { carryState } from '../signal/carry-state.ts'
import { emptyState } from '../signal/empty-state.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import type { Signal, SignalState } from '../signal/signal.ts'
import { applyEvents } from './apply-events.ts'
import { type Folded, foldLayers, type History, KEPT_EVENTS, type ReadRecent } from './history.ts'
import { emptyProfile, type Profile } from './profile.ts'

/**
 * Refolds a history for another plan. Signals that both plans know go on, with what `carryState` says of wider ones;
 * those it lacks are filled from the last 128 events and watched since the oldest of these, or from the beginning when
 * they are the whole history; unknown ones go.
 */
export function adoptPlan(history: History, plan: SignalPlan, readRecent: ReadRecent): Folded {
  if (history.profile.plan === plan.id) return { history, settled: [] }
  const recent = [...readRecent()].sort(compareEvents)
  const settled = recent.slice(0, Math.max(0, recent.length - KEPT_EVENTS))
  const kept = recent.slice(settled.length)
  const { base, profile } = history
  if (base === null && settled.length === 0)
    return { history: foldLayers({ base, recent: kept }, profile, plan), settled }
  const rebased =
    base === null
      ? applyEvents(emptyProfile(plan), settled, plan)
      : rebase(base, settled, history.plan, plan, watchedSince(history, kept))
  return { history: foldLayers({ base: rebased, recent: kept }, profile, plan), settled }
}

// With no event kept, what comes next is the first that a new signal hears.
function watchedSince({ profile }: History, [oldest]: readonly AttuneEvent[]): number {
  return oldest === undefined ? (profile.last?.seconds ?? 0) + 1 : toSeconds(oldest.time)
}

function rebase(
  base: Profile,
  settled: readonly AttuneEvent[],
  from: SignalPlan,
  to: SignalPlan,
  since: number,
): Profile {
  const known = new Map(from.keys.map((key, slot) => [key, from.signals[slot]!]))
  const carried = mapSignals(to, (key, signal) => {
    const [before, state] = [known.get(key), own(base.signals, key)]
    return before === undefined || state === undefined
      ? emptyState(signal)
      : carryState(before, signal, state)
  })
  const after = applyEvents({ ...base, plan: to.id, signals: carried }, settled, to)
  const signals = mapSignals(to, (key, signal) =>
    known.has(key) ? after.signals[key]! : { ...emptyState(signal), since },
  )
  return { ...after, signals }
}

function mapSignals(
  plan: SignalPlan,
  stateOf: (key: string, signal: Signal) => SignalState,
): Profile['signals'] {
  return Object.fromEntries(plan.keys.map((key, slot) => [key, stateOf(key, plan.signals[slot]!)]))
}
