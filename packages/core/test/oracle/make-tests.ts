import type { Random } from './random.ts'
import type { Shape } from './world.ts'

/** Windows that histories of the oracle reach across, ascending. */
export const WINDOWS: readonly string[] = ['1m', '2m', '5m', '1h', '3h', '24h', '2d', '1w', '30d']
export const EVENTS: readonly string[] = ['view_item', 'add_to_cart', 'purchase', 'search', 'exposure']
/** Those that carry numbers. */
export const PRICED: readonly string[] = ['view_item', 'add_to_cart', 'purchase']
export const CATEGORIES: readonly string[] = ['hiking', 'camping', 'Hiking', 'é', '～', '😀', '']
const COUNTRIES = ['GB', 'ie', 'IE', 'FR']

/** Perhaps a window. */
export function makeWindow(random: Random): Shape {
  return random.chance(0.2) ? {} : { within: random.pick(WINDOWS) }
}

/** A comparator with bounds of chance. */
export function makeComparison(random: Random, bound: (random: Random) => number | string): Shape {
  const name = random.pick(['atLeast', 'atMost', 'moreThan', 'lessThan', 'exactly', 'between'])
  if (name !== 'between') return { [name]: bound(random) }
  const ends = [bound(random), bound(random)].sort((a, b) => rank(a) - rank(b))
  return { between: ends }
}

function rank(bound: number | string): number {
  return typeof bound === 'number' ? bound : WINDOWS.indexOf(bound)
}

/** Perhaps a filter that an event's declared properties allow. */
export function makeWhere(random: Random, event: string): Shape {
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
  const price = { ...makeComparison(random, () => random.pick([0, 1, 9.99, 50])) }
  if (event === 'search') return { where: { category } }
  return { where: random.pick<Shape>([{ category }, { price }, { category, price }, { sale: true }, {}]) }
}

/** A trait or a value of the context, and a test that suits its type. */
export function makeAttr(random: Random): Shape {
  const text = makeTextTest(random)
  const number = random.pick<Shape>([
    makeComparison(random, () => random.pick([-1, 0, 1, 2.5])),
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

/** A test of text. */
export function makeTextTest(random: Random): Shape {
  return random.pick<Shape>([
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
}
