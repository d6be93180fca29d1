import type { Condition, Ruleset } from '@attune/core'
import { ask } from './ask.ts'
import { type Answer, type Happening, inOrder, type World } from './world.ts'

// The oracle judges the evaluator; these answers, worked out by hand from the language page, judge the oracle.

const RULESET: Ruleset = {
  version: 1,
  revision: 'r',
  events: {
    view: { properties: { price: 'number', category: 'string' } },
    cart: {},
    purchase: { properties: { price: 'number' } },
    secret: { purpose: 'marketing' },
  },
  scores: {
    heat: {
      halfLife: '8m',
      points: [
        { event: 'view', points: 1 },
        { event: 'view', where: { price: { atLeast: 10 } }, points: 0.5 },
      ],
      percentiles: Array.from({ length: 101 }, (_, i) => (i < 51 ? 0 : (i - 50) / 100)),
    },
    secret: {
      halfLife: '8m',
      points: [
        { event: 'view', points: 1 },
        { event: 'secret', points: 1 },
      ],
    },
  },
  funnels: {
    checkout: {
      within: '1h',
      steps: [
        { stage: 'seen', event: 'view' },
        { stage: 'chosen', event: 'cart' },
        { stage: 'bought', event: 'purchase' },
      ],
    },
  },
  interests: { category: { of: 'category', halfLife: '8m', points: { view: 1 } } },
  rfm: {
    customers: {
      event: 'purchase',
      value: 'price',
      within: '60d',
      recency: [1, 7, 14, 30],
      frequency: [2, 3, 5, 10],
      monetary: [50, 100, 250, 1000],
    },
  },
}

/** What happened, at which second; ids follow the order in which it is written down. */
export type Heard = readonly [name: string, at: number, properties?: object, context?: object]

/** A visitor of the ruleset who allowed `preferences`. */
export function worldOf(heard: readonly Heard[], more: Partial<World> = {}): World {
  const events = heard.map(
    ([name, at, properties, context], place): Happening => ({
      id: `e${place}`,
      name,
      at,
      properties: { ...properties },
      ...(context === undefined ? {} : { context }),
    }),
  )
  return {
    ruleset: RULESET,
    events: events.sort(inOrder),
    traits: {},
    context: {},
    consent: { preferences: true },
    visitor: 'v',
    ...more,
  }
}

/** What a condition answers at each instant. */
export function answers(
  condition: object,
  heard: readonly Heard[],
  nows: readonly number[],
): readonly Answer[] {
  const world = worldOf(heard)
  return nows.map((now) => ask(world, condition as Condition, now))
}

/** Properties with a price. */
export const price = (value: unknown): object => ({ price: value })
