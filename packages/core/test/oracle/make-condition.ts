import type { Condition } from '@attune/core'
import {
  CATEGORIES,
  EVENTS,
  makeAttr,
  makeComparison,
  makeTextTest,
  makeWhere,
  makeWindow,
  PRICED,
  WINDOWS,
} from './make-tests.ts'
import { makeWhen } from './make-when.ts'
import type { Random } from './random.ts'
import type { Shape } from './world.ts'

const PURPOSES = ['functional', 'preferences', 'statistics-anonymous', 'statistics', 'marketing']
// Amounts that made histories add up to, and some that debts do.
const AMOUNTS = [0, 0.0001, 1, 3.3333, 9.99, 19.98, 50, 59.99, 120.5, 1000, 500_000_000, -0.0001, -20, -1e9]
/** Stages of the funnels of `makeRuleset`. */
export const STAGES: { readonly [funnel: string]: readonly string[] } = {
  checkout: ['seen', 'chosen', 'bought'],
  short: ['begun', 'ended'],
}
/** Every kind without children, some by what they ask. */
export const LEAVES: readonly string[] = [
  'attr', 'count', 'sum', 'avg', 'min', 'max', 'distinct', 'absent', 'since', 'unfinished', 'touch', 'sequence',
  'reached', 'stage', 'regular', 'score', 'percentile', 'top', 'strength', 'rfm', 'when', 'consent',
] // biome-ignore format: words, read at a glance as one list

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
  count: (random) => ({ ...some(random, 'count'), ...makeWindow(random), ...makeComparison(random, bound) }),
  sum: (random) => aggregate(random, 'sum'),
  avg: (random) => aggregate(random, 'avg'),
  min: (random) => aggregate(random, 'min'),
  max: (random) => aggregate(random, 'max'),
  distinct: (random) => ({
    distinct: 'view_item',
    of: random.pick(['item_id', 'category', 'price', 'sale']),
    ...makeWhere(random, 'view_item'),
    ...makeWindow(random),
    ...makeComparison(random, () => (random.chance(0.1) ? 31 : random.below(5))),
  }),
  absent: (random) => ({ ...some(random, 'absent'), within: random.pick(WINDOWS) }),
  since: (random) => ({
    ...some(random, 'since'),
    ...random.pick([{}, { which: 'last' }, { which: 'first' }]),
    ...makeComparison(random, () => random.pick(WINDOWS)),
  }),
  unfinished: (random) => {
    const [wait, within] = twoWindows(random)
    return { ...some(random, 'unfinished'), without: random.pick(EVENTS), for: wait, within }
  },
  touch: (random) => ({
    touch: random.pick(['first', 'last']),
    of: random.pick(['utm.source', 'utm.campaign', 'referrer.host', 'url.path']),
    ...makeTextTest(random),
  }),
  sequence: makeSequence,
  reached: (random) => ({ ...funnel(random, 'reached') }),
  stage: (random) => ({ ...funnel(random, 'stage') }),
  regular: (random) => {
    const ofLast = random.chance(0.2) ? 60 : 1 + random.below(14)
    return {
      ...some(random, 'regular'),
      period: random.pick(['day', 'week']),
      atLeast: 1 + random.below(Math.min(ofLast, 5)),
      ofLast,
    }
  },
  score: (random) => ({ score: random.pick(['engagement', 'heat']), ...makeComparison(random, points) }),
  percentile: (random) => ({
    score: random.pick(['engagement', 'heat']),
    percentile: makeComparison(random, () =>
      random.chance(0.3) ? random.pick([0, 1, 99, 100]) : random.below(101),
    ),
  }),
  top: (random) => ({
    interest: random.pick(['category', 'quick']),
    top: 1 + random.below(3),
    is: random.pick(CATEGORIES),
  }),
  strength: (random) => ({
    interest: random.pick(['category', 'quick']),
    value: random.pick(CATEGORIES),
    ...makeComparison(random, points),
  }),
  rfm: (random) => {
    const bands = random.some(['recency', 'frequency', 'monetary'])
    const band = () => makeComparison(random, () => 1 + random.below(5))
    return { rfm: 'customers', ...Object.fromEntries(bands.map((name) => [name, band()])) }
  },
  when: makeWhen,
  consent: (random) => ({ consent: random.pick(PURPOSES) }),
}

function some(random: Random, kind: string): Shape {
  const event = random.pick(EVENTS)
  return { [kind]: event, ...makeWhere(random, event) }
}

function bound(random: Random): number {
  return random.chance(0.15) ? 30 + random.below(4) : random.below(5)
}

function points(random: Random): number {
  return random.pick([0, 0.0001, 0.0043, 0.0425, 0.5, 1, 2, 3, 6, 12, 1000])
}

function aggregate(random: Random, kind: string): Shape {
  const event = random.pick(PRICED)
  const value = () => random.pick(AMOUNTS)
  return {
    [kind]: event,
    of: 'price',
    ...makeWhere(random, event),
    ...(random.chance(0.3) ? {} : { within: random.pick(WINDOWS.slice(3)) }),
    ...makeComparison(random, value),
  }
}

// The first is shorter than the second.
function twoWindows(random: Random): readonly [string, string] {
  const longer = 1 + random.below(WINDOWS.length - 1)
  return [WINDOWS[random.below(longer)]!, WINDOWS[longer]!]
}

function makeSequence(random: Random): Shape {
  const length = random.chance(0.1) ? 4 + random.below(5) : 2 + random.below(2)
  const steps = Array.from({ length }, () => {
    const event = random.pick(EVENTS)
    return { event, ...makeWhere(random, event) }
  })
  const [gap, within] = twoWindows(random)
  return {
    sequence: steps,
    ...(random.chance(0.5) ? { gap } : {}),
    ...(random.chance(0.8) ? { within } : {}),
    ...(random.chance(0.4) ? { unless: random.pick(EVENTS) } : {}),
  }
}

function funnel(random: Random, asks: string): Shape {
  const name = random.pick(Object.keys(STAGES))
  return { funnel: name, [asks]: random.pick(STAGES[name]!) }
}
