import { inRing, matching, ringTurns } from './matching.ts'
import { compare, type Test } from './values.ts'
import {
  type Answer,
  type Asked,
  type Happening,
  member,
  type Shape,
  seconds,
  type World,
  windowOf,
} from './world.ts'

/** A usable value, in whole ten-thousandths, and when it was heard. */
interface Amount {
  readonly at: number
  readonly amount: bigint
}

const MOST = 9_000_000_000_000_000n

/** The sum; 0 of nothing. */
export function askSum(world: World, shape: Shape): Asked {
  return askAggregate(world, shape, shape.sum, total)
}

/** The mean, rounded down; unknown of nothing. */
export function askAvg(world: World, shape: Shape): Asked {
  return askAggregate(world, shape, shape.avg, (amounts) => {
    if (amounts.length === 0) return undefined
    const n = BigInt(amounts.length)
    const sum = total(amounts)
    return sum / n - (sum % n < 0n ? 1n : 0n)
  })
}

/** The least; unknown of nothing. */
export function askMin(world: World, shape: Shape): Asked {
  return askAggregate(world, shape, shape.min, (amounts) => sorted(amounts)[0])
}

/** The greatest; unknown of nothing. */
export function askMax(world: World, shape: Shape): Asked {
  return askAggregate(world, shape, shape.max, (amounts) => sorted(amounts).at(-1))
}

function askAggregate(
  world: World,
  shape: Shape,
  name: unknown,
  aggregate: (amounts: readonly bigint[]) => bigint | undefined,
): Asked {
  const amounts = usable(matching(world, name, shape.where), shape.of as string)
  const window = windowOf(shape)
  const answer = (held: readonly Amount[]): Answer => {
    const value = aggregate(held.map(({ amount }) => amount))
    return value === undefined ? null : compare(Number(value), shape, tenThousandths)
  }
  if (window === Number.POSITIVE_INFINITY) return { at: () => answer(amounts), turns: () => [] }
  return { at: (now) => answer(inRing(amounts, window, now)), turns: () => ringTurns(amounts, window) }
}

// A value of another type or beyond a thousand million is skipped.
function usable(events: readonly Happening[], of: string): readonly Amount[] {
  return events.flatMap(({ at, properties }) => {
    const x = member(properties, of)
    if (typeof x !== 'number' || Math.abs(x) > 1e9) return []
    return [{ at, amount: BigInt(Math.floor(x * 10_000 + 0.5)) }]
  })
}

function total(amounts: readonly bigint[]): bigint {
  const sum = amounts.reduce((before, amount) => before + amount, 0n)
  return sum > MOST ? MOST : sum < -MOST ? -MOST : sum
}

function sorted(amounts: readonly bigint[]): readonly bigint[] {
  return [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

// A bound has at most four decimals.
function tenThousandths(bound: unknown): number {
  return Math.round(Number(bound) * 10_000)
}

/** Recency, frequency and monetary bands. */
export function askRfm(world: World, shape: Shape): Asked {
  const table = world.ruleset.rfm![shape.rfm as string]!
  const events = matching(world, table.event, undefined)
  const amounts = usable(events, table.value)
  const last = events.at(-1)
  const window = seconds(table.within)
  if (last === undefined) return { at: () => null, turns: () => [] }
  const bands = (now: number): { readonly [name: string]: number } => ({
    recency: 5 - table.recency.filter((days) => now - last.at > days * 86400).length,
    frequency: 1 + table.frequency.filter((cut) => inRing(events, window, now).length >= cut).length,
    monetary: 1 + table.monetary.filter((cut) => spent(now) >= BigInt(tenThousandths(cut))).length,
  })
  const spent = (now: number) => total(inRing(amounts, window, now).map(({ amount }) => amount))
  return {
    at: (now) => {
      if (last.at <= now - window) return null
      const reached = bands(now)
      const named = Object.keys(reached).filter((name) => shape[name] !== undefined)
      return named.every((name) => compare(reached[name]!, shape[name] as Test))
    },
    turns: () => [
      last.at + window,
      ...table.recency.map((days) => last.at + days * 86400 + 1),
      ...ringTurns(events, window),
    ],
  }
}
