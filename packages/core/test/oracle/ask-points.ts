import { matching } from './matching.ts'
import { compare, type Test } from './values.ts'
import { type Answer, type Asked, byCodePoint, member, type Shape, seconds, type World } from './world.ts'

/** Hundredths of a point by the index of their bucket. */
type Buckets = Map<number, number>

/** A decayed sum of points, or its place in a table. */
export function askScore(world: World, shape: Shape): Asked {
  const { halfLife, points, percentiles } = world.ruleset.scores![shape.score as string]!
  const b = bucketSeconds(halfLife)
  const buckets: Buckets = new Map()
  for (const entry of points) {
    for (const { at } of matching(world, entry.event, entry.where)) add(buckets, at, b, entry.points)
  }
  if (shape.percentile === undefined)
    return decaying(b, [buckets], (now) => compare(strength(buckets, b, now), shape, toStrength))
  return decaying(b, [buckets], (now) => {
    const value = strength(buckets, b, now)
    const place = percentiles!.findLastIndex((least) => toStrength(least) <= value)
    return compare(Math.max(place, 0), shape.percentile as Test)
  })
}

/** The strength of a value, or whether it is among the strongest. */
export function askInterest(world: World, shape: Shape): Asked {
  const { of, halfLife, points } = world.ruleset.interests![shape.interest as string]!
  const b = bucketSeconds(halfLife)
  const values = new Map<string, Buckets>()
  for (const event of world.events) {
    const value = member(event.properties, of)
    if (typeof value !== 'string' || !Object.hasOwn(points, event.name)) continue
    const buckets: Buckets = values.get(value) ?? new Map()
    add(buckets, event.at, b, points[event.name]!)
    values.set(value, buckets)
  }
  const strengthOf = (value: string, now: number) => strength(values.get(value) ?? new Map(), b, now)
  if (shape.value !== undefined)
    return decaying(b, values.values(), (now) =>
      compare(strengthOf(shape.value as string, now), shape, toStrength),
    )
  return decaying(b, values.values(), (now) => {
    const strongest = [...values.keys()]
      .map((value) => ({ value, strength: strengthOf(value, now) }))
      .filter((held) => held.strength > 0)
      .sort((x, y) => y.strength - x.strength || byCodePoint(x.value, y.value))
    return strongest.slice(0, shape.top as number).some(({ value }) => value === shape.is)
  })
}

function bucketSeconds(halfLife: string): number {
  return Math.floor(seconds(halfLife) / 8)
}

function add(buckets: Buckets, at: number, b: number, points: number): void {
  const index = Math.floor(at / b)
  buckets.set(index, Math.min((buckets.get(index) ?? 0) + Math.round(points * 100), 1e8))
}

// In 10^-8 points, whole.
function strength(buckets: Buckets, b: number, now: number): number {
  let sum = 0
  for (const [index, hundredths] of buckets) sum += hundredths * weight(Math.floor(now / b) - index)
  return sum
}

function weight(age: number): number {
  return age > 63 ? 0 : Math.floor(1e6 * 2 ** (-age / 8) + 0.5)
}

// A bound has at most four decimals, so that both sides are whole.
function toStrength(bound: unknown): number {
  return Math.round(Number(bound) * 1e4) * 1e4
}

// Strengths change at bucket borders only, until the newest bucket weighs nothing.
function decaying(b: number, all: Iterable<Buckets>, at: (now: number) => Answer): Asked {
  const newest = Math.max(...[...all].flatMap((buckets) => [...buckets.keys()]))
  const turns = (now: number): readonly number[] => {
    const borders: number[] = []
    for (let border = Math.floor(now / b) + 1; border <= newest + 64; border++) borders.push(border * b)
    return borders
  }
  return { at, turns }
}
