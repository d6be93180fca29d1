import type { Condition, Count, Distinct, InterestStrength, InterestTop } from '../condition/condition.ts'
import { durationSeconds } from '../condition/duration.ts'
import { PURPOSES } from '../consent/purpose.ts'
import type { Json } from '../result/json.ts'
import { decayedStrength } from '../signal/decay.ts'
import {
  countSignal,
  distinctSignal,
  interestSignal,
  RING_BUCKETS,
  sinceSignal,
  timesSignal,
  unfinishedSignals,
} from '../signal/needed-signals.ts'
import type {
  DistinctState,
  InterestState,
  RingState,
  Signal,
  TimesState,
  TotalState,
} from '../signal/signal.ts'
import type { CompileScope } from './compile-scope.ts'
import { attrReader } from './match-attr.ts'
import { NEVER, type Scope } from './scope.ts'

/** Looks a signal's state up for an explanation. */
type StateOf = <T>(signal: Signal) => T

/**
 * The value that a single condition looks at, for people: a number, a text, or an object with instants as
 * milliseconds. `null` where there is none, and for combinators, whose children speak for themselves.
 */
export function seeCondition(
  condition: Condition,
  scope: Scope,
  { definitions, slotOf }: Omit<CompileScope, 'segment'>,
): Json {
  const stateOf: StateOf = <T>(signal: Signal) => scope.states[slotOf(signal)] as T
  if ('attr' in condition) return toJson(attrReader(condition.attr)(scope))
  if ('count' in condition) return seeCount(condition, scope, stateOf)
  if ('distinct' in condition) return seeDistinct(condition, scope, stateOf)
  if ('absent' in condition) {
    const { times, since } = stateOf<TimesState>(timesSignal(condition.absent, condition.where, 1))
    const observed = Math.max(scope.firstSeen ?? -1, since ?? -1)
    return { last: toInstant(times[0]), observedSince: scope.firstSeen === null ? null : observed * 1000 }
  }
  if ('since' in condition) {
    const state = stateOf<TimesState>(sinceSignal(condition))
    const event = condition.which === 'first' ? (state.first ?? state.times.at(-1)) : state.times[0]
    return event === undefined ? null : { at: event * 1000, secondsPassed: scope.now - event }
  }
  if ('unfinished' in condition) {
    const [begun, finished] = unfinishedSignals(condition)
    return {
      begun: toInstant(stateOf<TimesState>(begun).times[0]),
      finished: toInstant(stateOf<TimesState>(finished).times[0]),
    }
  }
  if ('interest' in condition)
    return seeInterest(condition, scope, interestSignal(definitions.interests[condition.interest]!), stateOf)
  if ('when' in condition) return { now: scope.now * 1000 }
  if ('consent' in condition) return (scope.granted & (1 << PURPOSES.indexOf(condition.consent))) !== 0
  return null
}

function seeCount(condition: Count, scope: Scope, stateOf: StateOf): Json {
  const signal = countSignal(condition)
  if (signal.kind === 'total') return stateOf<TotalState>(signal).total
  if (signal.kind === 'ring') {
    const oldest = Math.floor(scope.now / signal.bucket) - RING_BUCKETS
    const { buckets } = stateOf<RingState>(signal)
    return buckets.reduce((total, [index, count]) => (index > oldest ? total + count : total), 0)
  }
  const oldest = scope.now - (condition.within === undefined ? NEVER : durationSeconds(condition.within))
  return stateOf<TimesState>(signal).times.filter((time) => time > oldest).length
}

function seeDistinct(condition: Distinct, scope: Scope, stateOf: StateOf): Json {
  const oldest = scope.now - (condition.within === undefined ? NEVER : durationSeconds(condition.within))
  return stateOf<DistinctState>(distinctSignal(condition)).values.filter(([, last]) => last > oldest).length
}

// Points of the family's strongest values and of the one asked for.
function seeInterest(
  condition: InterestTop | InterestStrength,
  scope: Scope,
  signal: ReturnType<typeof interestSignal>,
  stateOf: StateOf,
): Json {
  const asked = 'top' in condition ? condition.is : condition.value
  const at = Math.floor(scope.now / signal.bucket)
  const strengths = stateOf<InterestState>(signal)
    .values.map(([value, buckets]) => [value, decayedStrength(buckets, at) / 1e8] as const)
    .sort((a, b) => b[1] - a[1])
  return Object.fromEntries(strengths.filter(([value], place) => place < 5 || value === asked))
}

function toInstant(seconds: number | undefined): number | null {
  return seconds === undefined ? null : seconds * 1000
}

function toJson(value: unknown): Json {
  return value === undefined ? null : (value as Json)
}
