import type { Condition } from '@attune/core'
import { costOf, costsOf } from '@attune/core/check'
import { expect, test } from 'vitest'
import { definitionsOf } from '../src/ruleset/ruleset.ts'
import { exampleRuleset } from './support/example-ruleset.ts'

const definitions = definitionsOf(exampleRuleset)
const cost = (condition: Condition) => costOf(condition, definitions, exampleRuleset.segments)

test('the request, the clock and what a cookie always holds are answered at the edge', () => {
  expect(cost({ attr: 'geo.country', is: 'GB' })).toBe('edge')
  expect(cost({ when: { weekdays: ['sat'] } })).toBe('edge')
  expect(cost({ count: 'view_item', within: '7d', atLeast: 31 })).toBe('edge')
  expect(cost({ segment: 'high-intent' })).toBe('edge')
})

test('one interest family fits into the cookie, more beside it do not', () => {
  const top: Condition = { interest: 'category', top: 1, is: 'hiking' }
  const count = (days: number): Condition => ({ count: 'view_item', within: `${days}d`, atLeast: 100 })
  expect(cost(top)).toBe('edge')
  expect(cost({ all: [top, { not: top }, count(1)] })).toBe('edge')
  expect(cost({ all: [top, count(1), count(2)] })).toBe('store')
})

test('many counts in steps do not fit into the cookie', () => {
  const count = (days: number): Condition => ({ count: 'view_item', within: `${days}d`, atLeast: 100 })
  expect(cost({ all: [count(1), count(2), count(3)] })).toBe('edge')
  expect(cost({ all: [count(1), count(2), count(3), count(4)] })).toBe('store')
})

test('percentiles and bands of recency, frequency and value come from a job', () => {
  expect(cost({ not: { score: 'engagement', percentile: { atLeast: 75 } } })).toBe('batch')
  expect(cost({ any: [{ consent: 'marketing' }, { rfm: 'customers', recency: { atLeast: 4 } }] })).toBe(
    'batch',
  )
})

test('a segment costs what the segments cost that it refers to', () => {
  const often = (days: number): Condition => ({ count: 'view_item', within: `${days}d`, atLeast: 100 })
  const segments = {
    many: { when: { all: [often(1), often(2), often(3), often(4)] } },
    either: { when: { any: [{ segment: 'many' }, { consent: 'marketing' }] } },
  } satisfies Parameters<typeof costOf>[2]
  expect(costsOf({ ...exampleRuleset, segments: { ...exampleRuleset.segments, ...segments } })).toEqual({
    'high-intent': 'edge',
    many: 'store',
    either: 'store',
  })
})
