import type { Condition } from '@attune/core'
import type { Random } from './random.ts'

type Shape = { readonly [key: string]: unknown }

/** Windows that histories of the oracle reach across. */
export const WINDOWS: readonly string[] = ['1m', '2m', '5m', '1h', '3h', '24h', '2d', '1w']
const EVENTS = ['view_item', 'add_to_cart', 'purchase', 'search', 'exposure']
export const CATEGORIES: readonly string[] = ['hiking', 'camping', 'Hiking', 'é', '～', '😀', '']
export const ITEMS: readonly unknown[] = ['a', 'b', 'c', '1', 1, 2, true, false]
const COUNTRIES = ['GB', 'ie', 'IE', 'FR']
const ZONES = ['visitor', 'UTC', 'Europe/London', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe']
const PURPOSES = ['functional', 'preferences', 'statistics-anonymous', 'statistics', 'marketing']
/** The kinds that are asked alone, so that their horizon must be exact. */
export const LEAVES: readonly string[] = [
  'attr', 'count', 'distinct', 'absent', 'since', 'unfinished', 'top', 'strength', 'when', 'consent',
] // biome-ignore format: one list

/** Makes a leaf of a kind. */
export function makeLeaf(random: Random, kind: string): Condition {
  const made = LEAF[kind]!(random)
  return made as unknown as Condition
}

/** Makes a tree; `segments` may be referred to. */
export function makeTree(random: Random, segments: readonly string[], depth: number): Condition {
  if (depth === 0 || random.chance(0.3)) return makeLeaf(random, random.pick(LEAVES))
  const child = () => makeTree(random, segments, depth - 1)
  const children = Array.from({ length: 1 + random.below(3) }, child)
  const shapes: readonly (() => Shape)[] = [
    () => ({ all: children }),
    () => ({ any: children }),
    () => ({ not: child() }),
    () => ({ atLeast: 1 + random.below(children.length), of: children }),
    () => (segments.length > 0 ? { segment: random.pick(segments) } : { not: child() }),
  ]
  return random.pick(shapes)() as unknown as Condition
}

const LEAF: { readonly [kind: string]: (random: Random) => Shape } = {
  attr: makeAttr,
  count: (random) => ({ ...some(random, 'count'), ...window(random), ...numbers(random, bound) }),
  distinct: (random) => ({
    distinct: 'view_item',
    of: random.pick(['item_id', 'category', 'price', 'sale']),
    ...where(random, 'view_item'),
    ...window(random),
    ...numbers(random, () => (random.chance(0.1) ? 31 : random.below(5))),
  }),
  absent: (random) => ({ ...some(random, 'absent'), within: random.pick(WINDOWS) }),
  since: (random) => ({
    ...some(random, 'since'),
    ...random.pick([{}, { which: 'last' }, { which: 'first' }]),
    ...numbers(random, () => random.pick(WINDOWS)),
  }),
  unfinished: (random) => {
    const [wait, within] = [random.below(WINDOWS.length - 1), 1 + random.below(WINDOWS.length - 1)]
    const shortest = Math.min(wait, within - 1)
    return {
      ...some(random, 'unfinished'),
      without: random.pick(EVENTS),
      for: WINDOWS[shortest],
      within: WINDOWS[Math.max(within, shortest + 1)],
    }
  },
  top: (random) => ({
    interest: random.pick(['category', 'quick']),
    top: 1 + random.below(3),
    is: random.pick(CATEGORIES),
  }),
  strength: (random) => ({
    interest: random.pick(['category', 'quick']),
    value: random.pick(CATEGORIES),
    ...numbers(random, () => random.pick([0, 0.0001, 0.0043, 0.0425, 0.5, 1, 2, 3, 6, 12, 1000])),
  }),
  when: makeWhen,
  consent: (random) => ({ consent: random.pick(PURPOSES) }),
}

function bound(random: Random): number {
  return random.chance(0.1) ? 30 + random.below(4) : random.below(5)
}

function window(random: Random): Shape {
  return random.chance(0.2) ? {} : { within: random.pick(WINDOWS) }
}

function numbers(random: Random, bound: (random: Random) => number | string): Shape {
  const name = random.pick(['atLeast', 'atMost', 'moreThan', 'lessThan', 'exactly', 'between'])
  if (name !== 'between') return { [name]: bound(random) }
  const ends = [bound(random), bound(random)].sort((a, b) => rank(a) - rank(b))
  return { between: ends }
}

function rank(bound: number | string): number {
  return typeof bound === 'number' ? bound : WINDOWS.indexOf(bound)
}

function some(random: Random, kind: string): Shape {
  const event = random.pick(EVENTS)
  return { [kind]: event, ...where(random, event) }
}

function where(random: Random, event: string): Shape {
  if (random.chance(0.6)) return {}
  if (event === 'exposure') return { where: { experience: random.pick(['x0', 'x1', 'x2']) } }
  const category = random.pick<unknown>([
    random.pick(CATEGORIES),
    { in: random.some(CATEGORIES) },
    { notIn: random.some(CATEGORIES) },
    { is: 'hiking', ignoreCase: true },
    { isNot: 'hiking' },
    { contains: 'ik' },
    { exists: random.chance(0.5) },
  ])
  const price = { ...numbers(random, () => random.pick([0, 1, 9.99, 50])) }
  if (event === 'search') return { where: { category } }
  return { where: random.pick<Shape>([{ category }, { price }, { category, price }, { sale: true }, {}]) }
}

function makeAttr(random: Random): Shape {
  const text = random.pick<Shape>([
    { is: random.pick(COUNTRIES) },
    { isNot: random.pick(COUNTRIES), ignoreCase: true },
    { in: random.some(COUNTRIES), ignoreCase: random.chance(0.5) },
    { notIn: random.some(COUNTRIES) },
    { contains: 'I' },
    { startsWith: 'g', ignoreCase: true },
    { endsWith: 'B' },
    { exists: random.chance(0.5) },
    { versionAtLeast: random.pick(['1', '1.2', '10.0.1']) },
    { versionAtMost: random.pick(['1', '1.2', '10.0.1']) },
  ])
  const number = random.pick<Shape>([
    numbers(random, () => random.pick([-1, 0, 1, 2.5])),
    { in: [0, 1] },
    { exists: true },
  ])
  const flag = random.pick<Shape>([{ is: true }, { isNot: true }, { exists: false }])
  const list = random.pick<Shape>([
    { hasAny: random.some(COUNTRIES) },
    { hasAll: random.some(COUNTRIES), ignoreCase: true },
    { exists: true },
  ])
  return random.pick<Shape>([
    { attr: random.pick(['geo.country', 'language', 'query.a.b', 'utm.source', 'trait.tier']), ...text },
    { attr: random.pick(['session.pageViews', 'trait.age']), ...number },
    { attr: random.pick(['visitor.known', 'trait.vip']), ...flag },
    { attr: 'trait.tags', ...list },
    { attr: 'custom.x', ...random.pick([text, number, flag, list]) },
  ])
}

/** The day from which the oracle's clocks turn: London begins summer time on 28 March, Lord Howe ends it on 4 April. */
export const START: number = Date.UTC(2027, 2, 24) / 1000

function makeWhen(random: Random): Shape {
  // On the hour, so that ends of spans meet ends of hours, or at any second.
  const timeOfDay = () => (random.chance(0.6) ? random.below(24) * 3600 : random.below(86400))
  const day = (from: number, days: number) =>
    new Date((START + (from + random.below(days)) * 86400 + timeOfDay()) * 1000)
  const iso = (date: Date) => date.toISOString().replace('.000', '')
  const from = random.below(23)
  const hours = random.chance(0.1) ? [0, 24] : [from, random.pick([from + 1, 24, (from + 7) % 24])]
  const span = {
    ...(random.chance(0.3) ? { from: iso(day(0, 8)) } : {}),
    ...(random.chance(0.3) ? { until: iso(day(8, 10)) } : {}),
    ...(random.chance(0.6) ? { hours } : {}),
    ...(random.chance(0.4)
      ? { weekdays: random.some(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) }
      : {}),
  }
  const whole = Object.keys(span).length === 0 ? { hours } : span
  return { when: { ...whole, ...(random.chance(0.7) ? { timezone: random.pick(ZONES) } : {}) } }
}
