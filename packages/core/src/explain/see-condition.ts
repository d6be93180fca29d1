import type { Condition } from '../condition/condition.ts'
import type { Definitions } from '../condition/definitions.ts'
import { durationSeconds } from '../condition/duration.ts'
import { isGranted } from '../consent/consent.ts'
import { contextReader } from '../context/context-path.ts'
import { toSeconds } from '../event/event.ts'
import type { Question } from '../match/scope.ts'
import { isObject, type Json, own } from '../result/json.ts'
import { emptyState } from '../signal/empty-state.ts'
import { neededSignals } from '../signal/needed-signals.ts'
import { meanOf } from '../signal/ring.ts'
import type { DistinctState, SignalState, TimesState, TouchState } from '../signal/signal.ts'
import { signalKey } from '../signal/signal-key.ts'
import { seeInterest, seeScore } from './see-points.ts'
import { seeRfm } from './see-rfm.ts'
import { seeAmount } from './see-ring.ts'
import { seeFunnel, seePeriods, seeSteps } from './see-steps.ts'
import type { SeenSignal } from './seen-signal.ts'

/**
 * The value that a single condition looks at: a number, a text, or an object with instants in milliseconds. `null`
 * where there is none, and for combinators, whose children speak for themselves.
 */
export function seeCondition(condition: Condition, question: Question, definitions: Definitions): Json {
  const now = toSeconds(question.now)
  const seen = signalsOf(condition, question, definitions)
  // A condition's signals come in an order of their own kind, each with a state of its kind.
  const state = <T>(place: number): T => seen[place]!.state as T
  if ('attr' in condition) return toJson(readAttr(condition.attr, question))
  if ('consent' in condition) return isGranted(question.consent, condition.consent)
  if ('when' in condition) return { now: now * 1000 }
  if ('count' in condition) return seeAmount(seen[0]!, condition.within, now)
  if ('sum' in condition || 'min' in condition || 'max' in condition)
    return inUnits(seeAmount(seen[0]!, condition.within, now))
  if ('avg' in condition) {
    const [sum, number] = seen.map((each) => seeAmount(each, condition.within, now) ?? 0)
    // Values that were added up before a new ruleset had them counted have no mean.
    const isCounted = state<SignalState>(0).since === state<SignalState>(1).since
    if (!isCounted) return { average: null, values: number! }
    return number === 0 ? null : { average: inUnits(meanOf(sum!, number!)), values: number! }
  }
  if ('distinct' in condition) return seeDistinct(state(0), condition.within, now)
  if ('absent' in condition) {
    const { times, since } = state<TimesState>(0)
    const { firstSeen } = question.profile
    const observed = firstSeen === null ? null : Math.max(firstSeen, since ?? firstSeen)
    return { last: toInstant(times[0]), observedSince: toInstant(observed) }
  }
  if ('since' in condition) {
    const { times, first } = state<TimesState>(0)
    const at = condition.which === 'first' ? (first ?? times.at(-1)) : times[0]
    return at === undefined ? null : { at: at * 1000, secondsPassed: now - at }
  }
  if ('unfinished' in condition) {
    const [begun, finished] = [state<TimesState>(0), state<TimesState>(1)]
    return { begun: toInstant(begun.times[0]), finished: toInstant(finished.times[0]) }
  }
  if ('touch' in condition) return state<TouchState>(0)[condition.touch]?.value ?? null
  if ('sequence' in condition) return seeSteps(condition, state(0), now)
  if ('funnel' in condition) return seeFunnel(definitions.funnels[condition.funnel]!, state(0), now)
  if ('regular' in condition) return seePeriods(condition, state(0), now)
  if ('score' in condition) return seeScore(condition, seen[0]!, definitions, now)
  if ('interest' in condition) return seeInterest(condition, seen[0]!, now)
  if ('rfm' in condition) return seeRfm(condition, definitions.rfm[condition.rfm]!, seen, now)
  return null
}

/** The value at a path of `attr`: a trait or the request's context. */
export function readAttr(path: string, { profile, context }: Question): unknown {
  return path.startsWith('trait.')
    ? own(profile.traits, path.slice('trait.'.length))
    : contextReader(path)(context)
}

function signalsOf(
  condition: Condition,
  { profile }: Question,
  definitions: Definitions,
): readonly SeenSignal[] {
  const isLeaf = !('segment' in condition) && !('not' in condition) && !('all' in condition)
  return (isLeaf ? neededSignals(condition, definitions) : []).map((signal) => ({
    signal,
    state: own(profile.signals, signalKey(signal)) ?? emptyState(signal),
  }))
}

function seeDistinct({ values }: DistinctState, within: string | undefined, now: number): number {
  const oldest = within === undefined ? Number.NEGATIVE_INFINITY : now - durationSeconds(within)
  return values.filter(([, last]) => last > oldest).length
}

// What is kept in ten-thousandths, in the property's own unit.
function inUnits(amount: number | null): number | null {
  return amount === null ? null : amount / 10_000
}

function toInstant(seconds: number | null | undefined): number | null {
  return seconds === undefined || seconds === null ? null : seconds * 1000
}

// A value of a type that no condition reads shows as missing.
function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toJson)
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]))
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
