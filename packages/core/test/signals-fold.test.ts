import { applyEvents, type Condition, emptyProfile } from '@attune/core'
import { planRuleset } from '@attune/core/publish'
import { describe, expect, test } from 'vitest'
import { rulesetOf } from './support/every-kind.ts'
import { keptFor, makeEvent, valued } from './support/fold-one.ts'

const DAY = 86_400

describe('an aggregate', () => {
  const sum: Condition = { sum: 'purchase', of: 'value', atLeast: 1 }
  const min: Condition = { min: 'purchase', of: 'value', atLeast: 1 }
  const max: Condition = { max: 'purchase', of: 'value', atLeast: 1 }

  test.each([
    [1, 10_000],
    [0.1, 1_000],
    [0.00005, 1],
    [0.00004, 0],
    [-0.00005, 0],
    [-0.00006, -1],
    [19.99, 199_900],
    [1e9, 1e13],
    [-1e9, -1e13],
  ])('keeps %d as %d ten-thousandths', (value, amount) => {
    expect(keptFor(sum, valued('purchase', [value]))).toEqual({ total: amount })
  })

  test.each([
    ['text', '12'],
    ['true', true],
    ['a list', []],
    ['too much', 1e9 + 1],
    ['too little', -1e9 - 1],
  ])('skips and counts %s', (_, value) => {
    expect(keptFor(sum, valued('purchase', [value, 1]))).toEqual({ total: 10_000, skipped: 1 })
    expect(keptFor(min, valued('purchase', [value]))).toEqual({ total: null, skipped: 1 })
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an object', {}],
  ])('takes %s for no value, which is not counted', (_, value) => {
    expect(keptFor(sum, valued('purchase', [value]))).toEqual({ total: 0 })
    expect(keptFor(max, valued('purchase', [value]))).toEqual({ total: null })
  })

  test('keeps the least and the greatest', () => {
    expect(keptFor(min, valued('purchase', [3, -2, 5]))).toEqual({ total: -20_000 })
    expect(keptFor(max, valued('purchase', [3, -2, 5]))).toEqual({ total: 50_000 })
  })

  test('counts only usable values for a mean', () => {
    const plan = planRuleset(rulesetOf({ s: { avg: 'purchase', of: 'value', atLeast: 1 } }))
    const { signals } = applyEvents(emptyProfile(plan), valued('purchase', [3, 'x', null, 5]), plan)
    expect(signals).toEqual({
      'total purchase number "value"': { total: 2, skipped: 1 },
      'total purchase sum "value"': { total: 80_000, skipped: 1 },
    })
  })

  test.each([
    [9e15 - 1, 1e9, 9e15],
    [9e15, 1, 9e15],
    [-9e15 + 1, -1e9, -9e15],
  ])('saturates: %d and %d are %d', (total, value, saturated) => {
    const plan = planRuleset(rulesetOf({ s: sum }))
    const before = { ...emptyProfile(plan), signals: { [plan.keys[0]!]: { total } } }
    const { signals } = applyEvents(before, valued('purchase', [value]), plan)
    expect(signals[plan.keys[0]!]).toEqual({ total: saturated })
  })
})

describe('a ring', () => {
  const hour: Condition = { sum: 'purchase', of: 'value', within: '1h', atLeast: 1 }
  const at = (minute: number, value: number) =>
    makeEvent(`m${minute}`, minute * 60, { name: 'purchase', properties: { value } })

  test('adds up in the bucket of each event', () => {
    expect(keptFor(hour, [at(0, 1), at(0.5, 2), at(1, 4)])).toEqual({
      buckets: [
        [0, 30_000],
        [1, 40_000],
      ],
    })
  })

  test('drops the buckets that lie 60 behind the newest, in any order', () => {
    const left = {
      buckets: [
        [1, 20_000],
        [60, 30_000],
      ],
    }
    expect(keptFor(hour, [at(0, 1), at(1, 2), at(60, 3)])).toEqual(left)
    expect(keptFor(hour, [at(60, 3), at(1, 2), at(0, 1)], true)).toEqual(left)
  })

  test('skips and counts what is no number, in no bucket', () => {
    const text = { ...at(2, 0), properties: { value: '5' } }
    expect(keptFor(hour, [at(0, 1), text])).toEqual({ buckets: [[0, 10_000]], skipped: 1 })
  })

  test('counts usable values for a mean', () => {
    const plan = planRuleset(rulesetOf({ s: { avg: 'purchase', of: 'value', within: '1h', atLeast: 1 } }))
    const events = [at(0, 5), { ...at(0, 7), id: 'b' }, { ...at(0, 0), id: 'c', properties: {} }]
    expect(applyEvents(emptyProfile(plan), events, plan).signals).toEqual({
      'ring purchase 60 number "value"': { buckets: [[0, 2]] },
      'ring purchase 60 sum "value"': { buckets: [[0, 120_000]] },
    })
  })

  test('keeps the least and the greatest of each bucket', () => {
    const events = [at(0, 3), { ...at(0, -1), id: 'b' }]
    expect(keptFor({ min: 'purchase', of: 'value', within: '1h', atLeast: 1 }, events)).toEqual({
      buckets: [[0, -10_000]],
    })
    expect(keptFor({ max: 'purchase', of: 'value', within: '1h', atLeast: 1 }, events)).toEqual({
      buckets: [[0, 30_000]],
    })
  })
})

describe('a score', () => {
  const score: Condition = { score: 'engagement', atLeast: 1 }

  test('adds the points of every entry that an event matches', () => {
    const events = [makeEvent('a', 0, { properties: { category: 'hiking' } }), makeEvent('b', 900)]
    expect(keptFor(score, events)).toEqual({
      buckets: [
        [0, 325],
        [1, 100],
      ],
    })
  })

  test('drops buckets that weigh nothing any more', () => {
    const bucket = 900
    const events = [makeEvent('a', 0), makeEvent('b', bucket), makeEvent('c', 64 * bucket)]
    expect(keptFor(score, events)).toEqual({
      buckets: [
        [1, 100],
        [64, 100],
      ],
    })
  })

  test('saturates at a million points a bucket', () => {
    const plan = planRuleset(rulesetOf({ s: score }))
    const before = {
      ...emptyProfile(plan),
      signals: { [plan.keys[0]!]: { buckets: [[0, 99_999_950]] as const } },
    }
    const { signals } = applyEvents(before, [makeEvent('a', 0)], plan)
    expect(signals[plan.keys[0]!]).toEqual({ buckets: [[0, 100_000_000]] })
  })
})

describe('periods', () => {
  const days: Condition = { regular: 'view_item', period: 'day', atLeast: 1, ofLast: 7 }
  const weeks: Condition = { regular: 'view_item', period: 'week', atLeast: 1, ofLast: 7 }

  test('are UTC days', () => {
    const events = [makeEvent('a', DAY - 1), makeEvent('b', DAY), makeEvent('c', 3 * DAY)]
    expect(keptFor(days, events)).toEqual({ periods: [3, 1, 0] })
  })

  test('are weeks from Monday', () => {
    const monday = 4 * DAY
    expect(keptFor(weeks, [makeEvent('a', monday - 1), makeEvent('b', monday)])).toEqual({ periods: [1, 0] })
    expect(keptFor(weeks, [makeEvent('a', monday), makeEvent('b', 11 * DAY - 1)])).toEqual({ periods: [1] })
  })

  test('are the last 60, in any order', () => {
    const events = [makeEvent('a', 0), makeEvent('b', DAY), makeEvent('c', 60 * DAY)]
    expect(keptFor(days, events)).toEqual({ periods: [60, 1] })
    expect(keptFor(days, [...events].reverse(), true)).toEqual({ periods: [60, 1] })
  })
})

describe('a touch', () => {
  const touch: Condition = { touch: 'first', of: 'utm.source', exists: true }
  const from = (id: string, seconds: number, source: string, name = 'other') =>
    makeEvent(id, seconds, { name, context: { utm: { source } } })

  test('keeps the value of the first and of the last event that carried one, of any name', () => {
    expect(keptFor(touch, [from('a', 1, 'x'), from('b', 2, 'y', 'purchase'), makeEvent('c', 3)])).toEqual({
      first: { value: 'x', seconds: 1, id: 'a' },
      last: { value: 'y', seconds: 2, id: 'b' },
    })
  })

  test('takes an empty text for none', () => {
    expect(keptFor(touch, [from('a', 1, '')])).toEqual({})
  })

  test('goes by the order of events, whatever came in first', () => {
    const kept = keptFor(touch, [from('b', 1, 'y'), from('c', 1, 'z'), from('a', 1, 'x')], true)
    expect(kept).toEqual({
      first: { value: 'x', seconds: 1, id: 'a' },
      last: { value: 'z', seconds: 1, id: 'c' },
    })
  })
})

test('an interest past 64 values loses the weakest, of equal ones that with the larger code point', () => {
  const plan = planRuleset(rulesetOf({ s: { interest: 'category', top: 1, is: 'x' } }))
  const values = Array.from({ length: 64 }, (_, at) => `v${String(at).padStart(2, '0')}`)
  const events = [...values, 'v10', '~'].map((category, at) =>
    makeEvent(`e${at}`, 0, { properties: { category } }),
  )
  const state = applyEvents(emptyProfile(plan), events, plan).signals[plan.keys[0]!]
  expect(state).toEqual({ values: values.map((value) => [value, [[0, value === 'v10' ? 200 : 100]]]) })
})
