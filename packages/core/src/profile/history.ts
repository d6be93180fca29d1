import type { AttuneEvent } from '../event/event.ts'
import { compareEvents } from '../event/event-order.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import { applyEvents } from './apply-events.ts'
import { emptyProfile, type Profile } from './profile.ts'
import { underTold, untoldOf } from './tell-traits.ts'

/** The raw events that are at least kept beside a profile. */
export const KEPT_EVENTS = 128
// Folding into the base is done for 128 events at once, so that it costs a visitor's writes next to nothing.
export const SETTLE_AT: number = 2 * KEPT_EVENTS

/**
 * A profile at rest: `profile` is always the fold of `base` and then of the recent events in their order.
 * So any late event among the recent ones finds its place, and a new signal can be filled from them.
 */
export interface History {
  readonly profile: Profile
  /** The plan that profile and base were folded for. */
  readonly plan: SignalPlan
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
  return { profile: emptyProfile(plan), plan, base: null, recentCount: 0 }
}

/** A profile of which that stays which no event says: traits that none told, and the first sight. */
export type Given = Pick<Profile, 'traits' | 'told' | 'firstSeen'>

/** A base and the events after it; what `given` says stays. */
export interface Layers {
  readonly base: Profile | null
  readonly recent: readonly AttuneEvent[]
}

/** Folds recent events, in any order, on a base. When they are too many the base takes the oldest in. */
export function settleAndFold({ base, recent }: Layers, given: Given, plan: SignalPlan): Folded {
  const sorted = [...recent].sort(compareEvents)
  const settled = sorted.length < SETTLE_AT ? [] : sorted.slice(0, sorted.length - KEPT_EVENTS)
  const settledBase = settled.length === 0 ? base : applyEvents(base ?? emptyProfile(plan), settled, plan)
  const kept = sorted.slice(settled.length)
  return { history: foldLayers({ base: settledBase, recent: kept }, given, plan), settled }
}

/** Folds recent events, in their order, on a base. */
export function foldLayers({ base, recent }: Layers, given: Given, plan: SignalPlan): History {
  const folded = applyEvents(base ?? emptyProfile(plan), recent, plan)
  const seen = [folded.firstSeen, given.firstSeen].filter((seconds) => seconds !== null)
  const firstSeen = seen.length === 0 ? null : Math.min(...seen)
  const profile = { ...folded, traits: underTold(untoldOf(given), folded), firstSeen }
  return { profile, plan, base, recentCount: recent.length }
}
