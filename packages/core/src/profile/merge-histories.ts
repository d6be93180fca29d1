import type { AttuneEvent } from '../event/event.ts'
import { compareEvents } from '../event/event-order.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import { compareText } from '../result/compare-text.ts'
import { mergeStates } from '../signal/merge-states.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import { adoptPlan } from './adopt-plan.ts'
import { applyEvents, isAfter } from './apply-events.ts'
import { type Folded, type History, type ReadRecent, settleAndFold } from './history.ts'
import { emptyProfile, type Profile } from './profile.ts'
import { joinTraits, untoldOf } from './tell-traits.ts'
import { uniteEvents } from './unite-events.ts'

/**
 * Merges the histories of two visitors who turn out to be one person on two devices; which is given first makes no
 * difference. While the recent events are the whole history of both, the profile is that of all events folded into one.
 * Older events are merged as `mergeStates` says, up to the later of the two bases; what comes after it is folded again.
 *
 * An event that stands among the recent ones of both counts once; of two versions of one id the earlier stays. One that
 * a base took in cannot be told any more: a store that still knows its id leaves it out of the other's recent events.
 * Of a trait that events told, the telling stands that would if one had heard all; of others that both have, the value of whoever was seen last.
 */
export function mergeHistories(
  a: History,
  b: History,
  plan: SignalPlan,
  readRecentA: ReadRecent,
  readRecentB: ReadRecent,
): Folded {
  const [earlier, later] = [adopt(a, plan, readRecentA), adopt(b, plan, readRecentB)].sort(compareSides) as [
    Side,
    Side,
  ]
  const cut = laterOf(earlier.history.base?.last ?? null, later.history.base?.last ?? null)
  const recent = uniteEvents([...earlier.recent, ...later.recent])
  const passed = recent.filter((event) => !isAfter(event, cut))
  const base = cut === null ? null : mergeBases(earlier, later, passed, plan)
  const [one, other] = [earlier.history.profile, later.history.profile]
  const given = {
    traits: { ...untoldOf(one), ...untoldOf(other) },
    firstSeen: earliest(one.firstSeen, other.firstSeen),
  }
  const layers = { base, recent: recent.filter((event) => isAfter(event, cut)) }
  const { history, settled } = settleAndFold(layers, given, plan)
  return { history, settled: [...earlier.settled, ...later.settled, ...passed, ...settled] }
}

/** One of the two, adopted to the plan. */
interface Side {
  readonly history: History
  /** The events that its base has not taken in. */
  readonly recent: readonly AttuneEvent[]
  readonly settled: readonly AttuneEvent[]
}

function adopt(history: History, plan: SignalPlan, readRecent: ReadRecent): Side {
  const recent = readRecent()
  const adopted = adoptPlan(history, plan, () => recent)
  const gone = new Set(adopted.settled)
  return { ...adopted, recent: recent.filter((event) => !gone.has(event)) }
}

// By who was seen last. Two who were seen last at one event are told apart by whatever differs.
function compareSides(a: Side, b: Side): number {
  const [one, other] = [a.history.profile.last, b.history.profile.last]
  return compareLast(one, other) || compareText(textOf(a), textOf(b))
}

// Nobody was seen before the first event.
function compareLast(a: Profile['last'], b: Profile['last']): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  return a.seconds - b.seconds || compareText(a.id, b.id)
}

function textOf({ history, recent }: Side): string {
  return canonicalJson([history.profile, history.base, [...recent].sort(compareEvents)])
}

// Each base first takes in its own events up to where the other one is, in their order, so that it finds their chains.
function mergeBases(a: Side, b: Side, passed: readonly AttuneEvent[], plan: SignalPlan): Profile {
  const ids = new Set(a.recent.map(({ id }) => id))
  const [one, other] = [a, b].map(({ history }, side) => {
    const events = passed.filter(({ id }) => ids.has(id) === (side === 0))
    return applyEvents(history.base ?? emptyProfile(plan), [...events].sort(compareEvents), plan)
  }) as [Profile, Profile]
  const signals = plan.keys.map((key, slot) => {
    const signal = plan.signals[slot]!
    return [key, mergeStates(signal, one.signals[key]!, other.signals[key]!)] as const
  })
  return {
    ...one,
    ...joinTraits(one, other),
    firstSeen: earliest(one.firstSeen, other.firstSeen),
    last: laterOf(one.last, other.last),
    signals: Object.fromEntries(signals),
  }
}

function laterOf(a: Profile['last'], b: Profile['last']): Profile['last'] {
  return compareLast(a, b) >= 0 ? a : b
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}
