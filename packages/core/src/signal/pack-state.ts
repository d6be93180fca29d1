import { emptyState } from './empty-state.ts'
import type {
  Bucket,
  DistinctState,
  InterestState,
  RingState,
  Signal,
  SignalState,
  TimesState,
  TotalState,
} from './signal.ts'

/** A state in as few characters as JSON allows; 0 is the empty state. Missing tail members are 0. */
export type Packed = 0 | readonly unknown[]

/** Packs a state; times become ages before `at` (seconds), each counted from the one before. */
export function packState(signal: Signal, state: SignalState | undefined, at: number): Packed {
  if (state === undefined) return 0
  const members = packKind(signal, state, at)
  // An age of 0 is said too: a signal watched since this very second was not watched before.
  return state.since === undefined ? trim(members) : [...members, at - state.since]
}

function packKind(signal: Signal, state: SignalState, at: number): unknown[] {
  switch (signal.kind) {
    case 'times': {
      const { times, first, id } = state as TimesState
      return [chain(times, at), first === undefined ? 0 : at - first, id ?? 0]
    }
    case 'total':
      return [(state as TotalState).total]
    case 'ring':
      return [packBuckets((state as RingState).buckets, Math.floor(at / signal.bucket))]
    case 'distinct': {
      const lasts = (state as DistinctState).values.map(([, last]) => last)
      return [chain(lasts, at)]
    }
    case 'interest': {
      const index = Math.floor(at / signal.bucket)
      const pack = ([value, buckets]: InterestState['values'][number]) => [value, packBuckets(buckets, index)]
      return [(state as InterestState).values.map(pack)]
    }
  }
}

/** Undoes `packState`. What it reads was authenticated before; the shape is ours. */
export function unpackState(signal: Signal, packed: Packed, at: number): SignalState {
  if (!Array.isArray(packed)) return emptyState(signal)
  const state = unpackKind(signal, packed, at)
  const since = packed[signal.kind === 'times' ? 3 : 1] as number | undefined
  return since === undefined ? state : { ...state, since: at - since }
}

function unpackKind(signal: Signal, packed: readonly unknown[], at: number): SignalState {
  const [head, second, third] = packed
  switch (signal.kind) {
    case 'times':
      return {
        times: unchain(list(head), at),
        ...(second ? { first: at - (second as number) } : {}),
        ...(typeof third === 'string' ? { id: third } : {}),
      }
    case 'total':
      return { total: Number(head) }
    case 'ring':
      return { buckets: unpackBuckets(list(head), Math.floor(at / signal.bucket)) }
    case 'distinct':
      return { values: unchain(list(head), at).map((last) => [null, last] as const) }
    case 'interest': {
      const index = Math.floor(at / signal.bucket)
      const entries = list(head) as unknown as readonly (readonly [string, readonly number[]])[]
      return { values: entries.map(([value, buckets]) => [value, unpackBuckets(buckets, index)] as const) }
    }
  }
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

function chain(times: readonly number[], at: number): readonly number[] {
  return times.map((time, place) => (place === 0 ? at : times[place - 1]!) - time)
}

function unchain(ages: readonly number[], at: number): number[] {
  let time = at
  return ages.map((age) => {
    time -= age
    return time
  })
}

// Age and amount in turn, oldest first.
function packBuckets(buckets: readonly Bucket[], at: number): readonly number[] {
  return buckets.flatMap(([index, amount]) => [at - index, amount])
}

function unpackBuckets(packed: readonly number[], at: number): readonly Bucket[] {
  const buckets: Bucket[] = []
  for (let place = 0; place + 1 < packed.length; place += 2)
    buckets.push([at - packed[place]!, packed[place + 1]!])
  return buckets
}
