import type { Condition } from '@attune/core'
import { planRuleset } from '@attune/core/publish'
import { describe, expect, test } from 'vitest'
import { rulesetOf } from './support/every-kind.ts'

function keysOf(...conditions: readonly Condition[]): readonly string[] {
  return planRuleset(rulesetOf(Object.fromEntries(conditions.map((when, at) => [`s${at}`, when])))).keys
}

const VIEWED = { event: 'view_item' }
const BOUGHT = { event: 'purchase' }

describe('a signal is known by its definition', () => {
  test.each<[string, Condition, readonly string[]]>([
    ['a count', { count: 'view_item', within: '7d', atLeast: 3 }, ['times view_item']],
    ['a count past 31', { count: 'view_item', within: '1h', atLeast: 32 }, ['ring view_item 60']],
    ['a count ever past 31', { count: 'view_item', atLeast: 32 }, ['total view_item']],
    [
      'a filter',
      { count: 'view_item', where: { category: 'a' }, atLeast: 1 },
      ['times view_item {"category":{"is":"a"}}'],
    ],
    ['a sum', { sum: 'purchase', of: 'value', atLeast: 1 }, ['total purchase sum "value"']],
    [
      'a sum in a window',
      { sum: 'purchase', of: 'value', within: '1h', atLeast: 1 },
      ['ring purchase 60 sum "value"'],
    ],
    [
      'a mean',
      { avg: 'purchase', of: 'value', within: '1h', atLeast: 1 },
      ['ring purchase 60 number "value"', 'ring purchase 60 sum "value"'],
    ],
    ['a least', { min: 'purchase', of: 'value', atLeast: 1 }, ['total purchase min "value"']],
    ['a greatest', { max: 'purchase', of: 'value', atLeast: 1 }, ['total purchase max "value"']],
    ['a distinct', { distinct: 'view_item', of: 'category', atLeast: 1 }, ['distinct view_item "category"']],
    [
      'an unfinished',
      { unfinished: 'add_to_cart', without: 'purchase', for: '1h', within: '2h' },
      ['times add_to_cart', 'times purchase'],
    ],
    [
      'a regular',
      { regular: 'view_item', period: 'week', atLeast: 1, ofLast: 2 },
      ['periods view_item week'],
    ],
    [
      'a sequence',
      { sequence: [VIEWED, BOUGHT] },
      ['chain - - [{"event":"view_item"},{"event":"purchase"}]'],
    ],
    [
      'a sequence with a gap that some event breaks',
      { sequence: [VIEWED, BOUGHT], gap: '1h', unless: 'add_to_cart', within: '1d' },
      ['chain 3600 add_to_cart [{"event":"view_item"},{"event":"purchase"}]'],
    ],
    ['a touch', { touch: 'last', of: 'utm.source', is: 'x' }, ['touch utm.source']],
    [
      'an rfm that names every band',
      { rfm: 'customers', recency: { atLeast: 1 }, frequency: { atLeast: 1 }, monetary: { atLeast: 1 } },
      ['ring purchase 1440', 'ring purchase 1440 sum "value"', 'times purchase'],
    ],
    ['an rfm that names one band', { rfm: 'customers', recency: { atLeast: 1 } }, ['times purchase']],
  ])('%s', (_, condition, keys) => {
    expect(keysOf(condition)).toEqual(keys)
  })
})

describe('one signal serves', () => {
  test.each<[string, readonly Condition[]]>([
    [
      'counts with different bounds and windows',
      [
        { count: 'view_item', atLeast: 1 },
        { count: 'view_item', within: '1h', between: [2, 9] },
      ],
    ],
    [
      'first and last',
      [
        { since: 'view_item', atLeast: '1h' },
        { since: 'view_item', which: 'first', atLeast: '1d' },
      ],
    ],
    [
      'first and last touch',
      [
        { touch: 'first', of: 'utm.source', is: 'a' },
        { touch: 'last', of: 'utm.source', isNot: 'b' },
      ],
    ],
    [
      'a score and its percentile',
      [
        { score: 'engagement', atLeast: 1 },
        { score: 'engagement', percentile: { atLeast: 50 } },
      ],
    ],
    [
      'a sequence in two windows',
      [{ sequence: [VIEWED, BOUGHT], within: '1h' }, { sequence: [VIEWED, BOUGHT] }],
    ],
    [
      'every stage of a funnel, and a sequence of its steps',
      [
        { funnel: 'checkout', reached: 'conversion' },
        { funnel: 'checkout', stage: 'customer' },
        { sequence: [VIEWED, { event: 'add_to_cart' }, BOUGHT] },
      ],
    ],
    [
      'filters written in two ways',
      [
        { sum: 'purchase', of: 'value', where: { category: { in: ['a', 'b'] } }, atLeast: 1 },
        { sum: 'purchase', of: 'value', where: { category: { in: ['b', 'a'] } }, atMost: 1 },
      ],
    ],
    [
      'steps whose filters are written in two ways',
      [
        { sequence: [{ ...VIEWED, where: { category: 'a' } }, BOUGHT] },
        {
          sequence: [
            { ...VIEWED, where: { category: { is: 'a' } } },
            { ...BOUGHT, where: {} },
          ],
        },
      ],
    ],
    [
      'any part of the last 60 periods',
      [
        { regular: 'view_item', period: 'day', atLeast: 1, ofLast: 2 },
        { regular: 'view_item', period: 'day', atLeast: 9, ofLast: 60 },
      ],
    ],
  ])('%s', (_, conditions) => {
    expect(keysOf(...conditions)).toHaveLength(1)
  })
})

test('a score is known by its points in any order', () => {
  const score = (...points: readonly number[]) => ({
    ...rulesetOf({ s: { score: 'engagement', atLeast: 1 } }),
    scores: {
      engagement: {
        halfLife: '1d',
        points: points.map((each) => ({ event: 'view_item', where: { value: each }, points: each })),
      },
    },
  })
  expect(planRuleset(score(1, 2)).keys).toEqual(planRuleset(score(2, 1)).keys)
  expect(planRuleset(score(1, 2)).keys).not.toEqual(planRuleset(score(1, 3)).keys)
})

test('the points of a score and its buckets are whole numbers', () => {
  const { signals } = planRuleset(rulesetOf({ s: { score: 'engagement', atLeast: 1 } }))
  expect(signals).toEqual([
    {
      kind: 'score',
      bucket: 900,
      points: [
        { event: 'view_item', points: 100 },
        { event: 'view_item', where: { category: 'hiking' }, points: 225 },
        { event: 'purchase', points: 1_000 },
      ],
    },
  ])
})
