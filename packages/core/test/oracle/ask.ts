import type { Condition } from '@attune/core'
import { bounds, compare, testValue } from './values.ts'
import { askWhen } from './when.ts'
import {
  type Answer,
  below,
  eventPurpose,
  granted,
  type Happening,
  inOrder,
  member,
  seconds,
  visible,
  type World,
} from './world.ts'

interface Shape {
  readonly [key: string]: unknown
}

/** Answers a condition at `now` (whole seconds) by the words of the language page, from the raw events. */
export function ask(world: World, condition: Condition, now: number): Answer {
  const shape = condition as unknown as Shape
  const children = below(world, condition)
  if (children.length > 0)
    return combine(
      shape,
      children.map((child) => ask(world, child, now)),
    )
  if (shape.consent !== undefined) return granted(world, shape.consent as string)
  if (shape.when !== undefined) return askWhen(world, shape.when as Shape, now)
  if (!purposes(world, shape).every((purpose) => granted(world, purpose))) return null
  if (shape.attr !== undefined) return testValue(lookUp(world, shape.attr as string), shape)
  if (shape.interest !== undefined) return askInterest(world, shape, now)
  return askEvents(world, shape, now)
}

function combine(shape: Shape, answers: readonly Answer[]): Answer {
  const yes = answers.filter((answer) => answer === true).length
  const unknown = answers.filter((answer) => answer === null).length
  if (shape.segment !== undefined) return answers[0]!
  if (shape.not !== undefined) return answers[0] === null ? null : !answers[0]
  const needed =
    shape.all !== undefined ? answers.length : shape.any !== undefined ? 1 : (shape.atLeast as number)
  if (yes >= needed) return true
  return yes + unknown >= needed ? null : false
}

function purposes(world: World, shape: Shape): readonly string[] {
  const { events, traits, interests } = world.ruleset
  if (typeof shape.attr === 'string') {
    if (!shape.attr.startsWith('trait.')) return []
    return [traits?.[shape.attr.slice(6)]?.purpose ?? 'preferences']
  }
  const read =
    shape.interest === undefined
      ? [shape.count, shape.distinct, shape.absent, shape.since, shape.unfinished, shape.without]
      : Object.keys(interests![shape.interest as string]!.points)
  return read.filter((name) => name !== undefined).map((name) => eventPurpose(events, name as string))
}

function lookUp(world: World, path: string): unknown {
  const [group, name] = [path.split('.')[0]!, path.slice(path.indexOf('.') + 1)]
  if (group === 'trait') return member(world.traits, name)
  return path === group ? member(world.context, path) : member(member(world.context, group), name)
}

/** The events of a name that pass a filter and exist at `now`, in their order. */
export function matching(world: World, name: unknown, where: unknown, now: number): readonly Happening[] {
  return visible(world, now).filter(
    (event) =>
      event.name === name &&
      Object.entries((where ?? {}) as Shape).every(([property, test]) => {
        const value = member(event.properties, property)
        return testValue(value, typeof test === 'object' ? (test as Shape) : { is: test }) === true
      }),
  )
}

function askEvents(world: World, shape: Shape, now: number): Answer {
  const name = shape.count ?? shape.distinct ?? shape.absent ?? shape.since ?? shape.unfinished
  const events = matching(world, name, shape.where, now)
  const window = shape.within === undefined ? Number.POSITIVE_INFINITY : seconds(shape.within as string)
  const recent = events.filter((event) => event.at > now - window)
  if (shape.count !== undefined) return askCount(shape, events, recent.length, window, now)
  if (shape.distinct !== undefined) {
    const values = recent.map((event) => member(event.properties, shape.of as string))
    const different = new Set(
      values.filter((value) => ['string', 'number', 'boolean'].includes(typeof value)),
    )
    return compare(different.size, shape)
  }
  if (shape.absent !== undefined) {
    if (recent.length > 0) return false
    const first = Math.min(
      world.firstSeen ?? Number.POSITIVE_INFINITY,
      ...visible(world, now).map(({ at }) => at),
    )
    return first <= now - window ? true : null
  }
  if (shape.since !== undefined) {
    const event = shape.which === 'first' ? events[0] : events.at(-1)
    return event === undefined ? null : compare(now - event.at, shape, (bound) => seconds(bound as string))
  }
  const last = events.at(-1)
  if (last === undefined) return false
  const finished = matching(world, shape.without, undefined, now).some((event) => inOrder(event, last) > 0)
  return !finished && last.at > now - window && last.at <= now - seconds(shape.for as string)
}

// A count with a bound above 31 and a window is answered from the ring: 60 buckets of a sixtieth of the window.
function askCount(
  shape: Shape,
  all: readonly Happening[],
  recent: number,
  window: number,
  now: number,
): boolean {
  if (window === Number.POSITIVE_INFINITY || Math.max(...bounds(shape).map(Number)) <= 31)
    return compare(recent, shape)
  const g = window / 60
  return compare(all.filter(({ at }) => Math.floor(at / g) > Math.floor(now / g) - 60).length, shape)
}

function askInterest(world: World, shape: Shape, now: number): boolean {
  const strengths = [...strengthsOf(world, shape.interest as string, now)]
  if (shape.value !== undefined) {
    const strength = strengths.find(([value]) => value === shape.value)?.[1] ?? 0
    // Strength is in 10^-8 points and a bound has at most four decimals, so both sides are whole.
    return compare(strength, shape, (bound) => Math.round(Number(bound) * 1e4) * 1e4)
  }
  const strongest = strengths
    .filter(([, strength]) => strength > 0)
    .sort(([a, x], [b, y]) => y - x || (Buffer.from(a).compare(Buffer.from(b)) as number))
  return strongest.slice(0, shape.top as number).some(([value]) => value === shape.is)
}

/** The decayed strength of every value of a family, in 10^-8 points. */
function strengthsOf(world: World, family: string, now: number): ReadonlyMap<string, number> {
  const { of, halfLife, points } = world.ruleset.interests![family]!
  const b = Math.floor(seconds(halfLife) / 8)
  const buckets = new Map<string, Map<number, number>>()
  for (const event of visible(world, now)) {
    const value = member(event.properties, of)
    if (typeof value !== 'string' || !Object.hasOwn(points, event.name)) continue
    const held = buckets.get(value) ?? new Map<number, number>()
    const bucket = Math.floor(event.at / b)
    const hundredths = Math.round(points[event.name]! * 100)
    held.set(bucket, Math.min((held.get(bucket) ?? 0) + hundredths, 1e8))
    buckets.set(value, held)
  }
  const weigh = (held: Map<number, number>) =>
    [...held].reduce(
      (sum, [bucket, hundredths]) => sum + hundredths * weight(Math.floor(now / b) - bucket),
      0,
    )
  return new Map([...buckets].map(([value, held]) => [value, weigh(held)]))
}

function weight(age: number): number {
  return age > 63 ? 0 : Math.floor(1e6 * 2 ** (-age / 8) + 0.5)
}
