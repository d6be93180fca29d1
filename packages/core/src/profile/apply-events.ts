import { compileWhere } from '../condition/where.ts'
import { type AttuneEvent, toSeconds } from '../event/event.ts'
import { IDENTIFY } from '../event/event-definition.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import { compareText } from '../result/compare-text.ts'
import type { Fold } from '../signal/fold.ts'
import { compileFold, eventsOf, filterOf } from '../signal/fold-signal.ts'
import { type FoldedEvent, toFolded } from '../signal/folded-event.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import type { Signal, SignalState } from '../signal/signal.ts'
import { normalizeWhere } from '../signal/signal-key.ts'
import type { Profile } from './profile.ts'
import { type Traits, tellTraits } from './tell-traits.ts'

/** Folds events into a profile of this plan, in the order given, and answers the new profile. Dedupe comes before it. */
export function applyEvents(profile: Profile, events: readonly AttuneEvent[], plan: SignalPlan): Profile {
  if (events.length === 0) return profile
  const heard = heardOf(plan)
  // A state is opened for the first event that changes it and closed after the last.
  const works: unknown[] = []
  let { firstSeen, last } = profile
  let told: Traits | undefined
  for (const event of events) {
    const newest = isAfter(event, last)
    const folded = toFolded(event, newest)
    const { seconds } = folded
    for (const { passes, listeners } of heard.byName.get(event.name) ?? heard.always) {
      if (passes?.(event.properties) === false) continue
      for (const { slot, key, fold } of listeners) {
        works[slot] ??= fold.open(profile.signals[key]!)
        fold.add(works[slot], folded)
      }
    }
    if (event.name === IDENTIFY) told = tellTraits(told ?? profile, event)
    if (firstSeen === null || seconds < firstSeen) firstSeen = seconds
    if (newest) last = { seconds, id: event.id }
  }
  const signals: { [key: string]: SignalState } = { ...profile.signals }
  works.forEach((work, slot) => {
    signals[plan.keys[slot]!] = heard.folds[slot]!.close(work)
  })
  return { ...profile, plan: plan.id, firstSeen, last, signals, ...told }
}

/** Tells whether an event comes after the newest one heard so far. */
export function isAfter(event: AttuneEvent, last: Profile['last']): boolean {
  if (last === null) return true
  const later = toSeconds(event.time) - last.seconds
  return later > 0 || (later === 0 && compareText(event.id, last.id) > 0)
}

interface Listener {
  readonly slot: number
  readonly key: string
  readonly fold: Fold<SignalState, unknown>
}

/** The signals that listen with one filter, which is asked once an event. */
interface Group {
  readonly passes: ((properties: FoldedEvent['properties']) => boolean) | undefined
  readonly listeners: readonly Listener[]
}

interface Heard {
  readonly folds: readonly Fold<SignalState, unknown>[]
  readonly byName: ReadonlyMap<string, readonly Group[]>
  /** For events of every other name. */
  readonly always: readonly Group[]
}

// A plan is data that many calls share; its folds are compiled once.
const heardOfPlan = new WeakMap<SignalPlan, Heard>()

function heardOf(plan: SignalPlan): Heard {
  const known = heardOfPlan.get(plan)
  if (known !== undefined) return known
  const folds = plan.signals.map(compileFold)
  const names = new Set(plan.signals.flatMap(eventsOf))
  const groups = (isHeard: (events: ReturnType<typeof eventsOf>) => boolean) =>
    groupByFilter(plan, folds, (signal) => isHeard(eventsOf(signal)))
  const heard: Heard = {
    folds,
    byName: new Map(
      [...names].map((name) => [name, groups((events) => events === 'every' || events.includes(name))]),
    ),
    always: groups((events) => events === 'every'),
  }
  heardOfPlan.set(plan, heard)
  return heard
}

function groupByFilter(
  plan: SignalPlan,
  folds: Heard['folds'],
  isHeard: (signal: Signal) => boolean,
): readonly Group[] {
  const groups = new Map<string, { readonly passes: Group['passes']; readonly listeners: Listener[] }>()
  plan.signals.forEach((signal, slot) => {
    if (!isHeard(signal)) return
    const where = filterOf(signal)
    const name = canonicalJson(where === undefined ? null : normalizeWhere(where))
    const group = groups.get(name) ?? { passes: compileWhere(where), listeners: [] }
    group.listeners.push({ slot, key: plan.keys[slot]!, fold: folds[slot]! })
    groups.set(name, group)
  })
  return [...groups.values()]
}
