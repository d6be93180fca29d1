import { compareText } from '../result/compare-text.ts'
import { addToBucket, type Gathering } from './buckets.ts'
import { POINTS } from './decay.ts'
import { noteValue } from './fold-distinct.ts'
import { limitInterests } from './fold-interest.ts'
import { notePeriod } from './fold-periods.ts'
import { compareTouched } from './fold-touch.ts'
import { ringGathering, takeInto } from './ring.ts'
import type {
  Bucket,
  Chain,
  ChainState,
  DistinctState,
  InterestState,
  PeriodsState,
  RingState,
  ScoreState,
  Signal,
  SignalState,
  TimesSignal,
  TimesState,
  TotalState,
  Touched,
  TouchState,
} from './signal.ts'

/**
 * Joins what two profiles kept for one signal, of events that have none in common; which is given first makes no
 * difference. It is what folding all events into one profile gives, with two exceptions: a chain of which each profile
 * saw a part is not found, and past 64 values of an interest the weakest of either went before the other knew them.
 * What is watched only since later in one of them is so in both together.
 */
export function mergeStates(signal: Signal, a: SignalState, b: SignalState): SignalState {
  const merged = mergeKind(signal, a, b)
  const skipped = skippedOf(a) + skippedOf(b)
  const since = Math.max(a.since ?? Number.NEGATIVE_INFINITY, b.since ?? Number.NEGATIVE_INFINITY)
  return {
    ...merged,
    ...(skipped > 0 ? { skipped } : {}),
    ...(since === Number.NEGATIVE_INFINITY ? {} : { since }),
  }
}

// A state is that of its signal's kind, found by the signal's key: the casts below rest on that.
function mergeKind(signal: Signal, a: SignalState, b: SignalState): SignalState {
  switch (signal.kind) {
    case 'times':
      return mergeTimes(signal, a as TimesState, b as TimesState)
    case 'total': {
      const [held, amount] = [(a as TotalState).total, (b as TotalState).total]
      return { total: amount === null ? held : takeInto(signal.take, held ?? undefined, amount) }
    }
    case 'ring':
      return mergeBuckets(a as RingState, b as RingState, ringGathering(signal.take))
    case 'score':
      return mergeBuckets(a as ScoreState, b as ScoreState, POINTS)
    case 'distinct': {
      const values = [...(a as DistinctState).values]
      for (const entry of (b as DistinctState).values) noteValue(values, entry)
      return { values }
    }
    case 'interest':
      return mergeInterests(a as InterestState, b as InterestState)
    case 'periods': {
      const periods = [...(a as PeriodsState).periods]
      for (const period of (b as PeriodsState).periods) notePeriod(periods, period)
      return { periods }
    }
    case 'chain': {
      const others = (b as ChainState).chains
      return { chains: (a as ChainState).chains.map((chain, step) => later(chain, others[step] ?? null)) }
    }
    case 'touch':
      return mergeTouches(a as TouchState, b as TouchState)
  }
}

function skippedOf(state: SignalState): number {
  return 'skipped' in state ? (state.skipped ?? 0) : 0
}

function mergeTimes(signal: TimesSignal, a: TimesState, b: TimesState): TimesState {
  const times = [...a.times, ...b.times].sort((one, other) => other - one).slice(0, signal.keep)
  const firsts = [a.first, b.first].filter((first) => first !== undefined)
  // Of one second the larger id is the last; where one was not kept, nobody knows.
  const lasts = [a, b].filter(({ times: [last] }) => last !== undefined && last === times[0])
  const ids = lasts.map(({ id }) => id).filter((id) => id !== undefined)
  const id = ids.length < lasts.length ? undefined : ids.sort(compareText).at(-1)
  return {
    times,
    ...(firsts.length === 0 ? {} : { first: Math.min(...firsts) }),
    ...(id === undefined ? {} : { id }),
  }
}

function mergeBuckets(
  a: { readonly buckets: readonly Bucket[] },
  b: { readonly buckets: readonly Bucket[] },
  gathering: Gathering,
): { readonly buckets: readonly Bucket[] } {
  const buckets = [...a.buckets]
  for (const [index, amount] of b.buckets) addToBucket(buckets, index, amount, gathering)
  return { buckets }
}

function mergeInterests(a: InterestState, b: InterestState): InterestState {
  const byValue = new Map(a.values)
  for (const [value, buckets] of b.values) {
    byValue.set(value, mergeBuckets({ buckets: byValue.get(value) ?? [] }, { buckets }, POINTS).buckets)
  }
  return { values: limitInterests([...byValue].sort(([one], [other]) => compareText(one, other))) }
}

// The chain that ended last; of two that ended together the one that began last.
function later(a: Chain | null, b: Chain | null): Chain | null {
  if (a === null || b === null) return a ?? b
  return (a[1] - b[1] || a[0] - b[0]) >= 0 ? a : b
}

function mergeTouches(a: TouchState, b: TouchState): TouchState {
  const first = inOrder(a.first, b.first)[0]
  const last = inOrder(a.last, b.last).at(-1)
  return { ...(first === undefined ? {} : { first }), ...(last === undefined ? {} : { last }) }
}

function inOrder(a: Touched | undefined, b: Touched | undefined): readonly Touched[] {
  return [a, b].filter((touched) => touched !== undefined).sort(compareTouched)
}
