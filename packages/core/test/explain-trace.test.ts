import type { Condition, Ruleset } from '@attune/core'
import { compileRuleset } from '@attune/core'
import { explainDecisions, explainSegment, type Trace } from '@attune/core/explain'
import { publishRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { explain, makeQuestion, makeRuleset, NOW } from './support/explained-visitor.ts'

const SEEN: readonly (readonly [condition: Condition, saw: string | null, seen: Trace['seen']])[] = [
  [{ count: 'view_item', within: '7d', atLeast: 3 }, '4 times', 4],
  [{ count: 'view_item', within: '7d', atLeast: 40 }, '4 times', 4],
  [{ count: 'view_item', atLeast: 40 }, '4 times', 4],
  [{ sum: 'purchase', of: 'value', within: '90d', atLeast: 100 }, '40', 40],
  [{ avg: 'view_item', of: 'price', atLeast: 1 }, '6.5', { average: 6.5, values: 2 }],
  [{ min: 'view_item', of: 'price', within: '7d', atLeast: 1 }, '5', 5],
  [{ max: 'begin_checkout', of: 'value', atLeast: 1 }, 'nothing', null],
  [{ distinct: 'view_item', of: 'item_id', within: '7d', atLeast: 2 }, '3', 3],
  [
    { absent: 'begin_checkout', within: '30d' },
    'none, watched for 4 days 4 hours',
    { last: null, observedSince: NOW - 100 * 3_600_000 },
  ],
  [{ since: 'purchase', atLeast: '1d' }, '12 hours ago', { at: NOW - 12 * 3_600_000, secondsPassed: 43_200 }],
  [{ since: 'begin_checkout', atLeast: '1d' }, 'never', null],
  [
    { unfinished: 'add_to_cart', without: 'purchase', for: '24h', within: '30d' },
    'begun 2 days 22 hours ago, finished 12 hours ago',
    { begun: NOW - 70 * 3_600_000, finished: NOW - 12 * 3_600_000 },
  ],
  [{ touch: 'first', of: 'utm.source', is: 'mail' }, 'nothing', null],
  [
    { sequence: [{ event: 'view_item' }, { event: 'begin_checkout' }] },
    '1 of 2 steps',
    { step: 1, of: 2, at: NOW - 50 * 3_600_000 },
  ],
  [
    { funnel: 'checkout', reached: 'customer' },
    'as far as consideration',
    { stage: 'consideration', step: 1, of: 3, at: NOW - 50 * 3_600_000 },
  ],
  [{ regular: 'view_item', period: 'day', atLeast: 3, ofLast: 7 }, '3 days', { active: 3, current: false }],
  [{ score: 'engagement', percentile: { atLeast: 8 } }, 'percentile 6', { points: 3.293793, percentile: 6 }],
  [
    { interest: 'category', top: 1, is: 'hiking' },
    'climbing 1.68 and hiking 1.61',
    [
      { value: 'climbing', points: 1.681792 },
      { value: 'hiking', points: 1.612001 },
    ],
  ],
  [
    { rfm: 'customers', recency: { atLeast: 4 }, frequency: { atLeast: 3 }, monetary: { atLeast: 2 } },
    'recency 5, frequency 1 and money 1',
    {
      recency: { band: 5, at: NOW - 12 * 3_600_000 },
      frequency: { band: 1, events: 1 },
      monetary: { band: 1, total: 40 },
    },
  ],
  [{ when: { hours: [22, 6] } }, 'Sunday, 12:00', { now: NOW }],
  [{ when: { hours: [22, 6], timezone: 'Asia/Tokyo' } }, 'Sunday, 21:00', { now: NOW }],
  [{ when: { hours: [22, 6], timezone: 'visitor' } }, 'no visitor’s time', { now: NOW }],
  [{ consent: 'marketing' }, 'not allowed', false],
  [{ attr: 'geo.country', is: 'GB' }, 'FR', 'FR'],
  [{ attr: 'trait.newsletter', is: true }, 'nothing', null],
  [{ all: [{ consent: 'marketing' }, { consent: 'preferences' }] }, null, null],
]

test.each(SEEN)('%j: what it saw', (condition, saw, seen) => {
  const trace = explain(condition)
  expect([trace.saw, trace.seen]).toEqual([saw, seen])
})

test('a node says what it asks, what came of it and what flips it', () => {
  const { children, ...trace } = explain({ not: { count: 'purchase', within: '24h', atLeast: 1 } })
  expect(trace).toEqual({
    key: 's',
    label: 's',
    kind: 'not',
    sentence: 'did not buy in the last 24 hours',
    description: 'did not buy in the last 24 hours',
    match: false,
    until: Date.UTC(2026, 10, 23),
    seen: null,
    saw: null,
    wanted: {},
    missingConsent: [],
    flips: { changes: [{ by: 'time', at: Date.UTC(2026, 10, 23) }], words: 'on 23 November at 00:00' },
    counterfactual: {
      changes: [{ by: 'time', at: Date.UTC(2026, 10, 23) }],
      match: true,
      sentence: 'It will match on 23 November at 00:00 if nothing happens.',
    },
    alone: {
      changes: [{ by: 'time', at: Date.UTC(2026, 10, 23) }],
      match: true,
      sentence: 'It will match on 23 November at 00:00 if nothing happens.',
    },
  })
  expect(children.map(({ sentence, match }) => [sentence, match])).toEqual([
    ['bought at least once in the last 24 hours', true],
  ])
})

test('the condition of a segment stands below the first reference to it', () => {
  const twice = explain({ any: [{ segment: 'high-intent' }, { segment: 'high-intent' }] })
  expect(twice.children.map(({ sentence, children }) => [sentence, children.length])).toEqual([
    ['is in the segment “High purchase intent”', 1],
    ['is in the segment “High purchase intent”', 0],
  ])
})

test('references that double with every step are told in no time', () => {
  const chain = Array.from({ length: 40 }, (_, at) => {
    const ref = { segment: `r${at + 1}` }
    return [`r${at}`, { when: { any: [ref, ref] } }] as const
  })
  const segments: Ruleset['segments'] = {
    ...Object.fromEntries(chain),
    r40: { when: { consent: 'marketing' } },
  }
  const { counterfactual } = explain({ segment: 'r0' }, {}, { segments })
  expect(counterfactual?.sentence).toBe('With consent to marketing it would match.')
})

test('an audience is explained as a segment is', () => {
  const compiled = compileRuleset(publishRuleset(makeRuleset({ consent: 'marketing' })))
  const [hero] = explainDecisions(compiled, { ...makeQuestion(compiled), visitor: 'v1' }, ['home-hero'])
  expect(
    hero?.experiences.map(({ key, outcome, audience }) => [key, outcome, audience?.counterfactual?.sentence]),
  ).toEqual([['hero-offer', 'out', 'It will match on 23 November at 00:00 if nothing happens.']])
})

test('a ruleset published without its document cannot be explained, and the error says how it could', () => {
  const compiled = compileRuleset(publishRuleset(makeRuleset({ consent: 'marketing' }), { document: false }))
  expect(() => explainSegment(compiled, makeQuestion(compiled), 's')).toThrow('Publish it with its document')
})

test('a segment that is not there is named', () => {
  const compiled = compileRuleset(publishRuleset(makeRuleset({ consent: 'marketing' })))
  expect(() => explainSegment(compiled, makeQuestion(compiled), 'nobody')).toThrow('no segment nobody')
})
