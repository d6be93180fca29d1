import { boundsOf, type Comparison, comparatorOf } from '../condition/comparison.ts'
import type { Rfm } from '../condition/condition.ts'
import type { RfmDefinition } from '../condition/definitions.ts'
import { isObject, type Json } from '../result/json.ts'
import type { Change } from './change.ts'

/** As many more events, each worth so much, as reach the bands asked for. */
export function proposeRfm(
  { frequency, monetary }: Rfm,
  seen: { readonly [name: string]: Json },
  { event, value, frequency: often, monetary: much }: RfmDefinition,
  wanted: boolean,
): readonly Change[] {
  const events = lack(frequency, often, numberAt(seen.frequency, 'events'), wanted)
  const money = lack(monetary, much, numberAt(seen.monetary, 'total'), wanted)
  const both = Math.max(1, Math.ceil(events ?? 0))
  // Either band may be the one to pass or to fail by.
  const counts = wanted ? [both] : [1, both]
  return counts.map((count) => ({
    by: 'event',
    event,
    count,
    ...(money === undefined
      ? {}
      : { value: { property: value, is: Math.ceil((money / count) * 10_000) / 10_000 } }),
  }))
}

// What is lacking to the cut point of the lowest band that passes, or of the first above those that do.
function lack(
  asked: Comparison<number> | undefined,
  cuts: readonly number[],
  has: number,
  wanted: boolean,
): number | undefined {
  if (asked === undefined) return undefined
  const bounds = boundsOf(asked, Number)
  const comparator = comparatorOf(asked)
  const band = wanted
    ? (comparator === 'atMost' || comparator === 'lessThan' ? 1 : bounds[0]!) +
      (comparator === 'moreThan' ? 1 : 0)
    : bounds.at(-1)! + (comparator === 'lessThan' ? 0 : 1)
  const cut = cuts[band - 2]
  return cut === undefined || cut <= has ? undefined : cut - has
}

function numberAt(seen: Json | undefined, name: string): number {
  return isObject(seen) ? Number(seen[name]) : 0
}
