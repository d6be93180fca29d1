import { emptyState } from './empty-state.ts'
import {
  packBuckets,
  packEnds,
  packPeriods,
  packTimes,
  unpackBuckets,
  unpackEnds,
  unpackPeriods,
  unpackTimes,
} from './pack-lists.ts'
import { periodOf } from './period.ts'
import { isExtreme } from './ring.ts'
import type {
  ChainState,
  DistinctState,
  InterestState,
  PeriodsState,
  RingState,
  ScoreState,
  Signal,
  SignalState,
  TimesState,
  TotalState,
  Touched,
  TouchState,
} from './signal.ts'

/** A state in as few characters as JSON allows; 0 is the empty state. Missing tail members are 0. */
export type Packed = 0 | readonly unknown[]

// How many members a kind's state has; where it is watched since stands after them.
const MEMBERS: { readonly [kind in Signal['kind']]: number } = {
  times: 3,
  total: 1,
  ring: 1,
  distinct: 1,
  interest: 1,
  score: 1,
  periods: 1,
  chain: 1,
  touch: 2,
}

/**
 * Packs what evaluation reads of a state; times become ages before `at` (seconds), each counted from the one before.
 * How many values were skipped, when a chain began and which event a touch was stay at rest.
 */
export function packState(signal: Signal, state: SignalState | undefined, at: number): Packed {
  if (state === undefined) return 0
  const members = packKind(signal, state, at)
  // An age of 0 is said too: a signal watched since this very second was not watched before.
  return state.since === undefined ? trim(members) : [...members, at - state.since]
}

// A state is that of its signal's kind, found by the signal's key: the casts below rest on that.
function packKind(signal: Signal, state: SignalState, at: number): unknown[] {
  switch (signal.kind) {
    case 'times': {
      const { times, first, id } = state as TimesState
      return [packTimes(times, at), first === undefined ? 0 : at - first, id ?? 0]
    }
    case 'total': {
      const { total } = state as TotalState
      if (!isExtreme(signal.take)) return [total]
      return [total === null ? [] : [total]]
    }
    case 'ring':
    case 'score':
      return [packBuckets((state as RingState | ScoreState).buckets, Math.floor(at / signal.bucket))]
    case 'distinct':
      return [
        packTimes(
          (state as DistinctState).values.map(([, last]) => last),
          at,
        ),
      ]
    case 'interest': {
      const index = Math.floor(at / signal.bucket)
      return [(state as InterestState).values.map(([value, buckets]) => [value, packBuckets(buckets, index)])]
    }
    case 'periods':
      return [packPeriods((state as PeriodsState).periods, periodOf(signal.period, at))]
    case 'chain':
      return [packEnds((state as ChainState).chains, at)]
    case 'touch': {
      const { first, last } = state as TouchState
      return [first?.value ?? 0, last === undefined || last.value === first?.value ? 0 : last.value]
    }
  }
}

/** Undoes `packState`, as far as evaluation sees. What it reads was authenticated before; the shape is ours. */
export function unpackState(signal: Signal, packed: Packed, at: number): SignalState {
  if (!Array.isArray(packed)) return emptyState(signal)
  const state = unpackKind(signal, packed, at)
  const since: unknown = packed[MEMBERS[signal.kind]]
  return typeof since === 'number' ? { ...state, since: at - since } : state
}

function unpackKind(signal: Signal, packed: readonly unknown[], at: number): SignalState {
  const [head, second, third] = packed
  switch (signal.kind) {
    case 'times':
      return {
        times: unpackTimes(list(head), at),
        ...(second ? { first: at - Number(second) } : {}),
        ...(typeof third === 'string' ? { id: third } : {}),
      }
    case 'total':
      return { total: isExtreme(signal.take) ? (list(head)[0] ?? null) : Number(head) }
    case 'ring':
    case 'score':
      return { buckets: unpackBuckets(list(head), Math.floor(at / signal.bucket)) }
    case 'distinct':
      return { values: unpackTimes(list(head), at).map((last) => [null, last] as const) }
    case 'interest': {
      const index = Math.floor(at / signal.bucket)
      const entries = list(head) as unknown as readonly (readonly [string, readonly number[]])[]
      return { values: entries.map(([value, buckets]) => [value, unpackBuckets(buckets, index)] as const) }
    }
    case 'periods':
      return { periods: unpackPeriods(list(head), periodOf(signal.period, at)) }
    case 'chain':
      return { chains: unpackEnds(list(head), signal.steps.length, at) }
    case 'touch':
      return typeof head === 'string'
        ? { first: touched(head), last: touched(typeof second === 'string' ? second : head) }
        : {}
  }
}

function touched(value: string): Touched {
  return { value, seconds: 0, id: '' }
}

function list(value: unknown): readonly number[] {
  return Array.isArray(value) ? value : []
}

function trim(members: unknown[]): Packed {
  while (members.length > 0 && isNothing(members.at(-1))) members.pop()
  return members.length === 0 ? 0 : members
}

function isNothing(member: unknown): boolean {
  return member === 0 || (Array.isArray(member) && member.length === 0)
}
