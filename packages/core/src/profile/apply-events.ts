import { type AttuneEvent, toSeconds } from '../event/event.ts'
import { compareEvents } from '../event/event-order.ts'
import { compileFold, eventsOf, type FoldSignal } from '../signal/fold-signal.ts'
import { toFolded } from '../signal/folded-event.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import type { SignalState } from '../signal/signal.ts'
import type { Profile } from './profile.ts'

interface Listener {
  readonly key: string
  readonly fold: FoldSignal
}

// A plan is data that many calls share; its folds are compiled once.
const listenersOfPlan = new WeakMap<SignalPlan, ReadonlyMap<string, readonly Listener[]>>()

/** Folds events into a profile of this plan, in the order given, and answers the new profile. Dedupe comes before it. */
export function applyEvents(profile: Profile, events: readonly AttuneEvent[], plan: SignalPlan): Profile {
  if (events.length === 0) return profile
  const listeners = listenersOf(plan)
  const signals: { [key: string]: SignalState } = { ...profile.signals }
  let { firstSeen, last } = profile
  for (const event of events) {
    const seconds = toSeconds(event.time)
    const newest = isAfter(event, last)
    const folded = toFolded(event, newest)
    for (const { key, fold } of listeners.get(event.name) ?? []) {
      signals[key] = fold(signals[key]!, folded)
    }
    firstSeen = Math.min(firstSeen ?? seconds, seconds)
    if (newest) last = { seconds, id: event.id }
  }
  return { ...profile, plan: plan.id, firstSeen, last, signals }
}

/** Tells whether an event comes after the newest one heard so far. */
export function isAfter(event: AttuneEvent, last: Profile['last']): boolean {
  return (
    last === null ||
    compareEvents(event, { id: last.id, name: '', time: last.seconds * 1000, properties: {} }) > 0
  )
}

function listenersOf(plan: SignalPlan): ReadonlyMap<string, readonly Listener[]> {
  const known = listenersOfPlan.get(plan)
  if (known !== undefined) return known
  const listeners = new Map<string, Listener[]>()
  plan.signals.forEach((signal, slot) => {
    const listener = { key: plan.keys[slot]!, fold: compileFold(signal) }
    for (const event of eventsOf(signal)) listeners.set(event, [...(listeners.get(event) ?? []), listener])
  })
  listenersOfPlan.set(plan, listeners)
  return listeners
}
