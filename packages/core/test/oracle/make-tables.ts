import type { Ruleset } from '@attune/core'
import { STAGES } from './make-condition.ts'
import { EVENTS, makeWhere, WINDOWS } from './make-tests.ts'
import type { Random } from './random.ts'

const HALF_LIVES = ['1m', '5m', '1h', '2d']

/** The interest families that made conditions refer to. */
export function makeInterests(random: Random): NonNullable<Ruleset['interests']> {
  return {
    category: { of: 'category', halfLife: '2d', points: { view_item: 1, add_to_cart: 3.25, purchase: 5 } },
    quick: {
      of: 'category',
      halfLife: random.pick(HALF_LIVES.slice(0, 3)),
      points: { search: 0.01, view_item: 0, purchase: 1000 },
    },
  }
}

/** The scores that made conditions refer to, each with a table of percentiles. */
export function makeScores(random: Random): NonNullable<Ruleset['scores']> {
  const score = () => ({
    halfLife: random.pick(HALF_LIVES),
    points: Array.from({ length: 1 + random.below(4) }, () => {
      const event = random.pick(EVENTS)
      return { event, ...makeWhere(random, event), points: random.pick([0, 0.01, 1, 1, 2.5, 40, 1000]) }
    }),
    percentiles: makePercentiles(random),
  })
  return { engagement: score(), heat: score() }
}

// Ascending, with ties, from at or around nothing.
function makePercentiles(random: Random): readonly number[] {
  const step = random.pick([1, 100, 2_500, 40_000])
  let tenThousandths = random.pick([0, 0, 1, -3 * step])
  return Array.from({ length: 101 }, () => {
    tenThousandths += random.chance(0.4) ? 0 : random.below(step + 1)
    return tenThousandths / 10_000
  })
}

/** The funnels that made conditions refer to. */
export function makeFunnels(random: Random): NonNullable<Ruleset['funnels']> {
  const funnels = Object.entries(STAGES).map(([name, stages]) => {
    const steps = stages.map((stage) => {
      const event = random.pick(EVENTS)
      return { stage, event, ...makeWhere(random, event) }
    })
    return [name, { within: random.pick(WINDOWS), steps }] as const
  })
  return Object.fromEntries(funnels)
}

/** The table of recency, frequency and monetary bands that made conditions refer to. */
export function makeRfm(random: Random): NonNullable<Ruleset['rfm']> {
  return {
    customers: {
      event: random.pick(['purchase', 'view_item']),
      value: 'price',
      within: random.pick(WINDOWS.slice(4)),
      recency: random.pick([
        [1, 2, 3, 4],
        [1, 7, 14, 28],
        [0, 1, 5, 30],
      ]),
      frequency: random.pick([
        [1, 2, 3, 4],
        [2, 3, 5, 10],
      ]),
      monetary: random.pick([
        [0.0001, 9.99, 50, 120.5],
        [1, 19.98, 100, 1000],
      ]),
    },
  }
}
