import type { Condition } from '@attune/core'
import { describe, expect, test } from 'vitest'
import { excludes, implies, isAlways, isNever, isSure } from '../src/condition/reason.ts'
import { exampleRuleset } from './support/example-ruleset.ts'

const ruleset = {
  ...exampleRuleset,
  scores: {
    engagement: {
      halfLife: '14d',
      points: [{ event: 'view_item', points: 1 }],
      percentiles: Array.from({ length: 101 }, (_, at) => at / 2),
    },
  },
  funnels: {
    checkout: {
      within: '30d',
      steps: [
        { stage: 'consideration', event: 'view_item' },
        { stage: 'conversion', event: 'begin_checkout' },
        { stage: 'customer', event: 'purchase' },
      ],
    },
  },
}

const views = (more: object): Condition => ({ count: 'view_item', ...more }) as Condition
const attr = (attr: string, more: object): Condition => ({ attr, ...more }) as Condition
const MANY = views({ within: '7d', atLeast: 5 })
const FEW = views({ within: '30d', atMost: 3 })
const preferences: Condition = { consent: 'preferences' }
const sequence = (more: object): Condition =>
  ({
    sequence: [{ event: 'view_item' }, { event: 'add_to_cart' }, { event: 'purchase' }],
    ...more,
  }) as Condition

const NEVER: readonly (readonly [what: string, condition: Condition])[] = [
  ['five in 7 days, and at most three in 30', { all: [MANY, FEW] }],
  ['fewer than none', views({ lessThan: 0 })],
  ['what is not a tautology', { not: { any: [views({ atLeast: 3 }), views({ lessThan: 3 })] } }],
  ['one value that is two', { all: [attr('geo.country', { is: 'GB' }), attr('geo.country', { is: 'FR' })] }],
  [
    'numbers of spans that do not meet',
    { all: [attr('session.number', { between: [1, 3] }), attr('session.number', { between: [4, 6] })] },
  ],
  [
    'nothing for a month, and something within a week',
    {
      all: [
        { absent: 'purchase', within: '30d' },
        { count: 'purchase', within: '7d', atLeast: 1 },
      ],
    },
  ],
  [
    'the last long ago, and one lately',
    {
      all: [
        { since: 'purchase', atLeast: '30d' },
        { count: 'purchase', within: '7d', atLeast: 1 },
      ],
    },
  ],
  [
    'more different values than events',
    {
      all: [
        { distinct: 'view_item', of: 'item_id', within: '7d', atLeast: 4 },
        views({ within: '7d', atMost: 3 }),
      ],
    },
  ],
  ['a count without its consent', { all: [MANY, { not: preferences }] }],
  ['Saturday that is Sunday', { all: [{ when: { weekdays: ['sat'] } }, { when: { weekdays: ['sun'] } }] }],
  [
    'spans of time that do not meet',
    {
      all: [
        { when: { until: '2026-12-01T00:00:00Z' } },
        { when: { from: '2026-12-01T00:00:00Z', timezone: 'visitor' } },
      ],
    },
  ],
  ['a chain whose middle step breaks it', sequence({ unless: 'add_to_cart' })],
  ['a chain without its last step', { all: [sequence({}), { count: 'purchase', exactly: 0 }] }],
  [
    'two stages at once',
    {
      all: [
        { funnel: 'checkout', stage: 'customer' },
        { funnel: 'checkout', stage: 'conversion' },
      ],
    },
  ],
  [
    'two that are both the strongest',
    {
      all: [
        { interest: 'category', top: 1, is: 'hiking' },
        { interest: 'category', top: 1, is: 'camping' },
      ],
    },
  ],
  [
    'a percentile above its value',
    {
      all: [
        { score: 'engagement', percentile: { atLeast: 50 } },
        { score: 'engagement', lessThan: 25 },
      ],
    },
  ],
  [
    'the least above the greatest',
    {
      all: [
        { min: 'purchase', of: 'value', moreThan: 10 },
        { max: 'purchase', of: 'value', lessThan: 10 },
      ],
    },
  ],
  [
    'a segment and what it excludes',
    { all: [{ segment: 'high-intent' }, views({ within: '7d', exactly: 1 })] },
  ],
  [
    'two of three that exclude each other',
    {
      atLeast: 2,
      of: [attr('geo.city', { is: 'a' }), attr('geo.city', { is: 'b' }), attr('geo.city', { is: 'c' })],
    },
  ],
]

const POSSIBLE: readonly (readonly [what: string, condition: Condition])[] = [
  ['many lately, and few that are hiking', { all: [MANY, views({ where: { item_category: 'hiking' }, exactly: 0 })] }],
  ['many in 30 days, few in 7', { all: [views({ within: '30d', atLeast: 5 }), views({ within: '7d', atMost: 3 })] }],
  ['neither of two countries', { all: [attr('geo.country', { isNot: 'GB' }), attr('geo.country', { isNot: 'FR' })] }],
  ['no count known', { not: preferences }],
  ['a chain broken by its last step', sequence({ unless: 'purchase' })],
  ['two among the first two', {
    all: [
      { interest: 'category', top: 2, is: 'hiking' },
      { interest: 'category', top: 2, is: 'camping' },
    ],
  }],
  ['a list of both', { all: [attr('custom.x', { hasAny: ['a'] }), attr('custom.x', { hasAny: ['b'] })] }],
  ['a part and another part', { all: [attr('url.path', { contains: 'a' }), attr('url.path', { startsWith: 'b' })] }],
] // biome-ignore format: one case a row, to be compared down the columns

describe('never true', () => {
  test.each(NEVER)('%s', (_, condition) => {
    expect(isNever(condition, ruleset)).toBe(true)
    expect(isAlways({ not: condition }, ruleset)).toBe(true)
  })
  test.each(POSSIBLE)('not: %s', (_, condition) => {
    expect(isNever(condition, ruleset)).toBe(false)
  })
})

test('a tautology is true for everybody whose answer is known, not for everybody', () => {
  const tautology: Condition = { any: [views({ atLeast: 3 }), views({ lessThan: 3 })] }
  expect(isAlways(tautology, ruleset)).toBe(true)
  expect(isSure(tautology, ruleset)).toBe(false)
  expect(isSure({ consent: 'functional' }, ruleset)).toBe(true)
})

test('more implies less, sooner implies later, narrower implies wider', () => {
  expect(implies(MANY, views({ within: '30d', atLeast: 3 }), ruleset)).toBe(true)
  expect(implies(views({ within: '30d', atLeast: 3 }), MANY, ruleset)).toBe(false)
  const dear = views({ where: { price: { atLeast: 100 } }, atLeast: 2 })
  const fair = views({ where: { price: { atLeast: 50 } }, atLeast: 2 })
  expect([implies(dear, fair, ruleset), implies(fair, dear, ruleset)]).toEqual([true, false])
  expect(implies(MANY, preferences, ruleset)).toBe(true)
  expect(implies({ since: 'purchase', lessThan: '7d' }, { count: 'purchase', atLeast: 1 }, ruleset)).toBe(
    true,
  )
})

test('what is false for want of an answer implies nothing', () => {
  const british = attr('geo.country', { is: 'GB' })
  expect(implies({ not: british }, attr('geo.country', { isNot: 'GB' }), ruleset)).toBe(true)
  expect(implies({ consent: 'functional' }, { any: [british, { not: british }] }, ruleset)).toBe(false)
})

test('countries exclude each other', () => {
  expect(
    excludes(attr('geo.country', { is: 'GB' }), attr('geo.country', { in: ['FR', 'DE'] }), ruleset),
  ).toBe(true)
  expect(excludes(attr('geo.country', { is: 'GB' }), attr('geo.city', { is: 'Leeds' }), ruleset)).toBe(false)
})
