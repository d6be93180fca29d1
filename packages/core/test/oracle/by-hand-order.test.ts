import { describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { answers, type Heard, worldOf } from './by-hand.ts'

const DAY = 86_400
// 1970-01-05 was a Monday: day 4.
const MONDAY = 4 * DAY

describe('touch', () => {
  const touch = (which: string) => ({ touch: which, of: 'utm.source', is: 'a' })
  const from = (source: string): object => ({ utm: { source } })

  test('the first and the last event that carry text count, of whatever name', () => {
    const heard: readonly Heard[] = [
      ['other', 1],
      ['other', 2, {}, from('')],
      ['view', 3, {}, from('a')],
      ['cart', 4, {}, from('b')],
      ['cart', 5, {}, { utm: { medium: 'a' } }],
    ]
    expect(answers(touch('first'), heard, [9])).toEqual([true])
    expect(answers(touch('last'), heard, [9])).toEqual([false])
    expect(answers(touch('first'), heard.slice(0, 2), [9])).toEqual([null])
  })

  test('within one second the smaller id is earlier', () => {
    const heard: readonly Heard[] = [
      ['view', 3, {}, from('a')],
      ['cart', 3, {}, from('b')],
    ]
    expect(answers(touch('first'), heard, [3])).toEqual([true])
    expect(answers(touch('last'), heard, [3])).toEqual([false])
  })
})

describe('regular', () => {
  test('days are cut at midnight UTC', () => {
    const regular = { regular: 'view', period: 'day', atLeast: 2, ofLast: 2 }
    const heard: readonly Heard[] = [
      ['view', 10 * DAY - 1],
      ['view', 10 * DAY],
      ['view', 10 * DAY + 5],
    ]
    expect(answers(regular, heard, [10 * DAY + 5, 11 * DAY - 1, 11 * DAY])).toEqual([true, true, false])
  })

  test('weeks are cut on Monday', () => {
    const regular = { regular: 'view', period: 'week', atLeast: 2, ofLast: 2 }
    const heard: readonly Heard[] = [
      ['view', MONDAY - 1],
      ['view', MONDAY],
    ]
    expect(answers(regular, heard, [MONDAY, MONDAY + 7 * DAY - 1, MONDAY + 7 * DAY])).toEqual([
      true,
      true,
      false,
    ])
    const early = { regular: 'view', period: 'week', atLeast: 2, ofLast: 60 }
    expect(
      answers(
        early,
        [
          ['view', MONDAY],
          ['view', MONDAY + 7 * DAY - 1],
        ],
        [MONDAY + 7 * DAY],
      ),
    ).toEqual([false])
  })
})

describe('what may not be read', () => {
  const unknown = (condition: object) =>
    answers(
      condition,
      [
        ['view', 0],
        ['secret', 1],
      ],
      [2],
    )

  test.each<object>([
    { sequence: [{ event: 'view' }, { event: 'view' }], unless: 'secret' },
    { unfinished: 'view', without: 'secret', for: '1m', within: '1h' },
    { score: 'secret', atLeast: 0 },
    { count: 'secret', exactly: 0 },
    { absent: 'secret', within: '1h' },
  ])('is unknown, and so is its negation: %j', (condition) => {
    expect(unknown(condition)).toEqual([null])
    expect(unknown({ not: condition })).toEqual([null])
  })

  test('a touch needs preferences', () => {
    const world = worldOf([['view', 0, {}, { utm: { source: 'a' } }]], { consent: {} })
    expect(ask(world, { touch: 'first', of: 'utm.source', is: 'a' }, 1)).toBe(null)
    expect(ask(world, { touch: 'first', of: 'utm.source', exists: true }, 1)).toBe(null)
  })
})
