import { boundsOf } from '../condition/comparison.ts'
import type { Avg, Max, Min, Sum } from '../condition/condition.ts'
import type { Range } from '../condition/prepared-test.ts'
import { wholeRange } from '../condition/range.ts'
import type { Json } from '../result/json.ts'
import type { EventChange } from './change.ts'

const UNIT = 10_000
const MOST = 1_000_000_000

/** How much more brings an amount into a range, or, `wanted` false, past its upper end; `undefined` where more does not. */
export function moreNeeded(amount: number, [least, greatest]: Range, wanted: boolean): number | undefined {
  if (wanted) return least !== null && amount < least ? least - amount : undefined
  return greatest !== null && amount <= greatest ? greatest + 1 - amount : undefined
}

/** One more event with the value that a sum lacks. */
export function proposeAmounts(condition: Sum, seen: Json, wanted: boolean): readonly EventChange[] {
  const amount = Math.round(Number(seen) * UNIT)
  const range = wholeRange(condition, (bound) => Math.round(bound * UNIT))
  const more = moreNeeded(amount, range, wanted)
  return more === undefined ? [] : withValues(condition.sum, condition, [more / UNIT])
}

/** One more event with the value that moves a mean to or past a bound. */
export function proposeAverage(
  condition: Avg,
  seen: { readonly [name: string]: Json },
  wanted: boolean,
): readonly EventChange[] {
  const values = Number(seen.values ?? 0)
  const average = Number(seen.average ?? 0)
  const targets = edges(boundsOf(condition, Number), wanted)
  return withValues(
    condition.avg,
    condition,
    targets.map((target) => toUnit(target * (values + 1) - average * values)),
  )
}

/** One more event with a value at or past a bound of a least or greatest. */
export function proposeExtreme(condition: Min | Max, wanted: boolean): readonly EventChange[] {
  const event = 'min' in condition ? condition.min : condition.max
  return withValues(event, condition, edges(boundsOf(condition, Number), wanted))
}

// At a bound, or a little past it on either side.
function edges(bounds: readonly number[], wanted: boolean): readonly number[] {
  const past = bounds.flatMap((bound) => [bound + 1, bound - 1])
  return wanted ? [...bounds, ...past] : [...past, ...bounds]
}

function withValues(
  event: string,
  { of, where }: Sum | Avg | Min | Max,
  values: readonly number[],
): readonly EventChange[] {
  return values
    .filter((is) => Math.abs(is) <= MOST)
    .map((is) => ({
      by: 'event',
      event,
      ...(where === undefined ? {} : { where }),
      count: 1,
      value: { property: of, is },
    }))
}

function toUnit(value: number): number {
  return Math.ceil(value * UNIT) / UNIT
}
