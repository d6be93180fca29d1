import type { Condition } from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { findCounterfactuals } from '../src/explain/counterfactual.ts'
import { explainable } from '../src/explain/explainable.ts'
import { exampleRuleset } from './support/example-ruleset.ts'
import { explain, makeQuestion, makeRuleset } from './support/explained-visitor.ts'

type Row = readonly [condition: Condition, sentence: string | undefined]

const views = { count: 'view_item', within: '7d' } as const
const later = { when: { from: '2026-12-03T10:00:00Z' } } as const

const ROWS: readonly Row[] = [
  [{ ...views, atLeast: 5 }, 'With one more item view it would match.'],
  [{ ...views, atLeast: 9 }, 'With 5 more item views it would match.'],
  [{ count: 'purchase', within: '1h', atLeast: 2 }, 'With 2 purchases it would match.'],
  [
    { ...views, where: { item_category: 'hiking' }, atLeast: 3 },
    'With one more view of hiking it would match.',
  ],
  [
    { ...views, where: { price: { moreThan: 7 } }, atLeast: 3 },
    'With 2 more item views where the price is more than 7 it would match.',
  ],
  [{ ...views, atMost: 4 }, 'With one more item view it would no longer match.'],
  [{ ...views, atMost: 3 }, 'It will match on 25 November at 08:00 if nothing happens.'],
  [{ ...views, atLeast: 4 }, 'It will stop matching on 25 November at 08:00 if nothing happens.'],
  [{ interest: 'category', top: 1, is: 'hiking' }, 'With one more view of hiking it would match.'],
  [
    { interest: 'category', top: 1, is: 'climbing' },
    'With one more view of hiking it would no longer match.',
  ],
  [{ interest: 'category', value: 'hiking', atLeast: 5 }, 'With one more purchase of hiking it would match.'],
  [{ interest: 'category', value: 'hiking', atLeast: 2 }, 'With one more view of hiking it would match.'],
  [{ score: 'engagement', atLeast: 4 }, 'With one more item view it would match.'],
  [{ score: 'engagement', percentile: { atLeast: 8 } }, 'With one more item view it would match.'],
  [
    { sum: 'purchase', of: 'value', within: '90d', atLeast: 100 },
    'With one more purchase with a value of 60 it would match.',
  ],
  [
    { avg: 'purchase', of: 'value', atLeast: 100 },
    'With one more purchase with a value of 160 it would match.',
  ],
  [{ min: 'purchase', of: 'value', atMost: 10 }, 'With one more purchase with a value of 10 it would match.'],
  [
    { max: 'begin_checkout', of: 'value', atLeast: 10 },
    'With one checkout begun with a value of 10 it would match.',
  ],
  [
    { distinct: 'view_item', of: 'item_id', within: '7d', atLeast: 4 },
    'With one more item view of another item id it would match.',
  ],
  [
    { distinct: 'view_item', of: 'item_id', atLeast: 6 },
    'With 3 more item views of 3 other item ids it would match.',
  ],
  [{ absent: 'purchase', within: '30d' }, 'It will match on 22 December at 00:00 if nothing happens.'],
  [{ absent: 'begin_checkout', within: '4d' }, 'With one checkout begun it would no longer match.'],
  [{ since: 'purchase', atLeast: '30d' }, 'It will match on 22 December at 00:00 if nothing happens.'],
  [{ since: 'view_item', atMost: '1d' }, 'With one more item view it would match.'],
  [
    { since: 'begin_checkout', atLeast: '30d' },
    'With one checkout begun it would match on 22 December at 12:00.',
  ],
  [
    { unfinished: 'add_to_cart', without: 'purchase', for: '24h', within: '30d' },
    'With one more addition to the cart it would match on 23 November at 12:00.',
  ],
  [
    { unfinished: 'add_to_cart', without: 'begin_checkout', for: '24h', within: '30d' },
    'With one checkout begun it would no longer match.',
  ],
  [
    { touch: 'first', of: 'utm.source', is: 'newsletter' },
    'With a page view whose campaign source is newsletter it would match.',
  ],
  [
    { sequence: [{ event: 'view_item' }, { event: 'begin_checkout' }], within: '7d' },
    'With one checkout begun it would match.',
  ],
  [
    { sequence: [{ event: 'view_item' }, { event: 'begin_checkout' }], gap: '1h', within: '7d' },
    'With one item view, then one checkout begun it would match.',
  ],
  [{ funnel: 'checkout', reached: 'customer' }, 'With one checkout begun, then one purchase it would match.'],
  [{ funnel: 'checkout', stage: 'consideration' }, 'With one checkout begun it would no longer match.'],
  [{ regular: 'view_item', period: 'day', atLeast: 4, ofLast: 7 }, 'With one more item view it would match.'],
  [
    { rfm: 'customers', frequency: { atLeast: 3 }, monetary: { atLeast: 2 } },
    'With 2 more purchases each with a value of 5 it would match.',
  ],
  [later, 'It will match on 3 December at 10:00 if nothing happens.'],
  [{ when: { hours: [22, 6] } }, 'It will match on 22 November at 22:00 if nothing happens.'],
  [{ when: { until: '2026-11-01T00:00:00Z' } }, undefined],
  [{ consent: 'marketing' }, 'With consent to marketing it would match.'],
  [{ consent: 'preferences' }, undefined],
  [{ attr: 'geo.country', in: ['GB', 'IE'] }, 'If the country were GB or IE it would match.'],
  [{ attr: 'geo.country', isNot: 'FR' }, 'If the country were not FR it would match.'],
  [{ attr: 'geo.country', is: 'FR' }, 'If the country were not FR it would no longer match.'],
  [{ attr: 'url.path', contains: 'sale' }, 'If the path of the page contained sale it would match.'],
  [{ attr: 'trait.newsletter', is: true }, 'If the trait newsletter were true it would match.'],
  [
    { all: [{ ...views, atLeast: 5 }, { consent: 'marketing' }] },
    'With consent to marketing and with one more item view it would match.',
  ],
  [
    {
      all: [
        { ...views, atLeast: 5 },
        { count: 'view_item', where: { item_category: 'hiking' }, atLeast: 3 },
      ],
    },
    'With one more view of hiking it would match.',
  ],
  [
    { any: [{ ...views, atLeast: 6 }, { consent: 'marketing' }, { ...views, atLeast: 5 }] },
    'With one more item view it would match.',
  ],
  [
    {
      atLeast: 2,
      of: [{ consent: 'marketing' }, { attr: 'geo.country', is: 'FR' }, { ...views, atLeast: 9 }],
    },
    'With consent to marketing it would match.',
  ],
  [
    { not: { any: [{ ...views, atMost: 4 }, { consent: 'marketing' }] } },
    'With one more item view it would match.',
  ],
  [
    { all: [later, { ...views, atLeast: 2 }, { consent: 'marketing' }] },
    'On 3 December at 10:00, with consent to marketing and with 2 item views it would match.',
  ],
  [{ segment: 'high-intent' }, 'It will match on 23 November at 00:00 if nothing happens.'],
]

test.each(ROWS)('%j: the smallest change', (condition, sentence) => {
  expect(explain(condition).counterfactual?.sentence).toBe(sentence)
})

test('what is done and what time does are both told', () => {
  const { counterfactual, alone } = explain({ interest: 'category', top: 1, is: 'climbing' })
  expect(counterfactual?.changes).toEqual([
    { by: 'event', event: 'view_item', where: { item_category: 'hiking' }, count: 1, again: true },
  ])
  expect(alone?.changes).toEqual([{ by: 'time', at: Date.UTC(2027, 2, 11) }])
  expect(alone?.sentence).toBe('It will stop matching on 11 March 2027 at 00:00 if nothing happens.')
})

test('without consent the first thing to come is consent', () => {
  const { counterfactual, children } = explain(
    {
      all: [
        { ...views, atLeast: 5 },
        { attr: 'geo.country', is: 'FR' },
      ],
    },
    { consent: {} },
  )
  expect(counterfactual?.sentence).toBe(
    'With consent to preferences and with one more item view it would match.',
  )
  expect(children[0]?.flips?.words).toBe('with consent to preferences and with one more item view')
  expect(children[0]?.missingConsent).toEqual(['preferences'])
})

test('an event that earns several entries of a score is asked for no more often than that takes', () => {
  const scores = {
    reading: {
      halfLife: '30d' as const,
      points: [
        { event: 'view_item', points: 1 },
        { event: 'view_item', where: { price: { atLeast: 50 } }, points: 2 },
        { event: 'view_item', where: { price: { atLeast: 50 }, item_category: 'hiking' }, points: 4 },
      ],
    },
  }
  const sentenceOf = (atLeast: number, points = scores.reading.points.slice(0, 2)) =>
    explain({ score: 'reading', atLeast }, {}, { scores: { reading: { ...scores.reading, points } } })
      .counterfactual?.sentence
  expect(sentenceOf(12)).toBe('With 3 more item views where the price is at least 50 it would match.')
  expect(sentenceOf(24, scores.reading.points)).toBe(
    'With 3 more item views where the price is at least 50 and the category is hiking it would match.',
  )
})

test('an event is never proposed without the consent that hearing it needs', () => {
  const events = { page_view: { purpose: 'statistics' as const } }
  const newsletter: Condition = { touch: 'last', of: 'utm.source', is: 'newsletter' }
  const found = (consent: { preferences?: boolean; statistics?: boolean }) =>
    explain(newsletter, { consent }, { events: { ...exampleRuleset.events, ...events } })
  const words = 'with a page view whose campaign source is newsletter'
  expect(found({ preferences: true, statistics: true }).flips?.words).toBe(words)
  expect(found({ preferences: true }).flips?.words).toBe(`with consent to statistics and ${words}`)
  expect(found({ preferences: true }).counterfactual?.sentence).toBe(
    `With consent to statistics and ${words} it would match.`,
  )
  expect(found({}).counterfactual?.changes[0]).toEqual({
    by: 'consent',
    purposes: ['preferences', 'statistics'],
  })
})

test('a segment that is assumed for a preview says so, and nothing would change it', () => {
  const trace = explain({ consent: 'marketing' }, { assume: { s: true } })
  expect([trace.match, trace.assumed, trace.counterfactual, trace.alone]).toEqual([true, true, null, null])
})

test('a search asks the whole segment at most 200 times', () => {
  const hard: Condition = {
    all: [
      { any: Array.from({ length: 8 }, (_, at) => ({ ...views, atLeast: 5 + at })) },
      { any: Array.from({ length: 8 }, (_, at) => ({ score: 'engagement', atLeast: 100 + at })) },
      { any: Array.from({ length: 8 }, (_, at) => ({ attr: 'geo.country', is: `C${at}` })) },
      { when: { hours: [3, 4], weekdays: ['mon'] } },
      // Nothing makes this true.
      { when: { until: '2020-01-01T00:00:00Z' } },
    ],
  }
  const compiled = compileDocument(makeRuleset(hard))
  const ruleset = explainable(compiled)
  let asked = 0
  const found = findCounterfactuals(
    hard,
    (question) => {
      asked++
      return ruleset.askSegment('s', question)
    },
    makeQuestion(compiled),
    ruleset,
  )
  expect(found.counterfactual).toBeNull()
  expect(asked).toBeLessThanOrEqual(200)
})
