import { type AttuneEvent, toSeconds } from '../event/event.ts'
import { compareEvents } from '../event/event-order.ts'
import { emptyState } from '../signal/empty-state.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import type { Signal, SignalState } from '../signal/signal.ts'
import { applyEvents, isAfter } from './apply-events.ts'
import { emptyProfile, type Profile } from './profile.ts'

/** The raw events that are at least kept beside a profile. */
export const KEPT_EVENTS = 128
// Folding into the base is done for 128 events at once, so that it costs a visitor's writes next to nothing.
const SETTLE_AT = 2 * KEPT_EVENTS

/**
 * A profile at rest: `profile` is always the fold of `base` and then of the recent events in their order.
 * So any late event among the recent ones finds its place, and a new signal can be filled from them.
 */
export interface History {
  readonly profile: Profile
  /** The fold of all older events; `null` while the recent events are the whole history. */
  readonly base: Profile | null
  /** How many recent events the store keeps for this visitor. */
  readonly recentCount: number
}

/** What folding answers: the new history, and the events that the base took in: they are recent no more. */
export interface Folded {
  readonly history: History
  readonly settled: readonly AttuneEvent[]
}

/** Gives the recent events of a visitor without the fresh ones, in any order. */
export type ReadRecent = () => readonly AttuneEvent[]

/** A visitor nobody has heard of. */
export function emptyHistory(plan: SignalPlan): History {
  return { profile: emptyProfile(plan), base: null, recentCount: 0 }
}

/**
 * Folds fresh events (deduplicated) into a history, adopting the plan first when the history was folded for another.
 * `readRecent` is called only when an event is out of order, the recent ones are too many, or the plan is new.
 */
export function foldEvents(
  history: History,
  fresh: readonly AttuneEvent[],
  plan: SignalPlan,
  readRecent: ReadRecent,
): Folded {
  if (history.profile.plan !== plan.id) return foldForNewPlan(history, fresh, plan, readRecent)
  const events = [...fresh].sort(compareEvents)
  const inOrder = events.length === 0 || isAfter(events[0]!, history.profile.last)
  const recentCount = history.recentCount + events.length
  if (inOrder && recentCount < SETTLE_AT) {
    const profile = applyEvents(history.profile, events, plan)
    return { history: { ...history, profile, recentCount }, settled: [] }
  }
  return refoldAll(history, events, plan, readRecent)
}

/** Refolds a history for another plan: signals it lacks are filled from the last 128 events, unknown ones go. */
export function adoptPlan(history: History, plan: SignalPlan, readRecent: ReadRecent): Folded {
  if (history.profile.plan === plan.id) return { history, settled: [] }
  const recent = [...readRecent()].sort(compareEvents)
  const settled = recent.slice(0, Math.max(0, recent.length - KEPT_EVENTS))
  const kept = recent.slice(settled.length)
  if (history.base === null && settled.length === 0)
    return { history: refold(history, null, kept, plan), settled }
  const watchedSince =
    kept[0] === undefined ? (history.profile.last?.seconds ?? 0) + 1 : toSeconds(kept[0].time)
  const base = rebase(history.base, settled, plan, watchedSince)
  return { history: refold(history, base, kept, plan), settled }
}

function foldForNewPlan(
  history: History,
  fresh: readonly AttuneEvent[],
  plan: SignalPlan,
  readRecent: ReadRecent,
): Folded {
  const recent = readRecent()
  const adopted = adoptPlan(history, plan, () => recent)
  const gone = new Set(adopted.settled)
  const folded = foldEvents(adopted.history, fresh, plan, () => recent.filter((event) => !gone.has(event)))
  return { history: folded.history, settled: [...adopted.settled, ...folded.settled] }
}

function refoldAll(
  history: History,
  fresh: readonly AttuneEvent[],
  plan: SignalPlan,
  readRecent: ReadRecent,
): Folded {
  // An event older than all that the base took in adds to it late; it may be counted, never put in a chain.
  const late = history.base === null ? [] : fresh.filter((event) => !isAfter(event, history.base!.last))
  const base = history.base === null ? null : applyEvents(history.base, late, plan)
  const recent = [...readRecent(), ...fresh.filter((event) => !late.includes(event))].sort(compareEvents)
  const settling = recent.length < SETTLE_AT ? [] : recent.slice(0, recent.length - KEPT_EVENTS)
  const settledBase = settling.length === 0 ? base : applyEvents(base ?? emptyProfile(plan), settling, plan)
  const kept = recent.slice(settling.length)
  return { history: refold(history, settledBase, kept, plan), settled: [...late, ...settling] }
}

function refold(
  history: History,
  base: Profile | null,
  recent: readonly AttuneEvent[],
  plan: SignalPlan,
): History {
  const { traits, firstSeen } = history.profile
  const folded = applyEvents(base ?? emptyProfile(plan), recent, plan)
  // A given first sight may be older than every event.
  const seen =
    folded.firstSeen === null ? firstSeen : Math.min(folded.firstSeen, firstSeen ?? folded.firstSeen)
  return { profile: { ...folded, traits, firstSeen: seen }, base, recentCount: recent.length }
}

// The signals that both plans know go on; the others begin empty, watched since the oldest event still there.
function rebase(
  base: Profile | null,
  settled: readonly AttuneEvent[],
  plan: SignalPlan,
  watchedSince: number,
): Profile {
  const isKnown = (key: string) => base !== null && Object.hasOwn(base.signals, key)
  const carried = mapSignals(plan, (key, signal) => (isKnown(key) ? base!.signals[key]! : emptyState(signal)))
  const before = { ...emptyProfile(plan), ...base, plan: plan.id, signals: carried }
  const after = applyEvents(before, settled, plan)
  const signals = mapSignals(plan, (key, signal) =>
    base === null || isKnown(key) ? after.signals[key]! : { ...emptyState(signal), since: watchedSince },
  )
  return { ...after, signals }
}

function mapSignals(
  plan: SignalPlan,
  state: (key: string, signal: Signal) => SignalState,
): Profile['signals'] {
  return Object.fromEntries(plan.keys.map((key, slot) => [key, state(key, plan.signals[slot]!)]))
}
