import type { Condition } from '@attune/core'
import { describe, expect, test } from 'vitest'
import { instants } from './ask.ts'
import { answers, type Heard, price, worldOf } from './by-hand.ts'

// The window "1h" is cut into buckets of one minute.
const MINUTE = 60
const DAY = 86_400

describe('sum, avg, min and max', () => {
  const sum = { sum: 'view', of: 'price', within: '1h' }

  test('the ring of one hour holds 60 minutes: the 59 before this one and this one', () => {
    const heard: readonly Heard[] = [['view', 10 * MINUTE + 59, price(5)]]
    const at = (minute: number) => (10 + minute) * MINUTE
    const asked = answers({ ...sum, atLeast: 5 }, heard, [at(1), at(59) + 59, at(60)])
    expect(asked).toEqual([true, true, false])
    expect(instants(worldOf(heard), { ...sum, atLeast: 5 } as Condition, at(1))).toEqual([at(60)])
  })

  test('a value is floor(x × 10000 + 0.5) ten-thousandths', () => {
    expect(answers({ ...sum, exactly: 0.0001 }, [['view', 0, price(0.00005)]], [0])).toEqual([true])
    expect(answers({ ...sum, exactly: 0 }, [['view', 0, price(0.00004)]], [0])).toEqual([true])
    // floor(−0.5 + 0.5) = 0, floor(−1.5 + 0.5) = −1
    expect(answers({ sum: 'view', of: 'price', exactly: 0 }, [['view', 0, price(-0.00005)]], [0])).toEqual([
      true,
    ])
    expect(answers({ max: 'view', of: 'price', lessThan: 0 }, [['view', 0, price(-0.00015)]], [0])).toEqual([
      true,
    ])
  })

  test('values of another type and beyond a thousand million are skipped', () => {
    const heard: readonly Heard[] = [
      ['view', 0, price('7')],
      ['view', 0, price(1e9 + 0.5)],
      ['view', 0, price(null)],
      ['view', 0],
    ]
    expect(answers({ sum: 'view', of: 'price', exactly: 0 }, heard, [0])).toEqual([true])
    for (const kind of ['avg', 'min', 'max'])
      expect(answers({ [kind]: 'view', of: 'price', atLeast: 0 }, heard, [0])).toEqual([null])
    const whole: Heard = ['view', 0, price(1e9)]
    expect(answers({ avg: 'view', of: 'price', exactly: 1e9 }, [...heard, whole], [0])).toEqual([true])
  })

  test('a mean is rounded down, below nothing too', () => {
    const thirds: readonly Heard[] = [
      ['view', 0, price(1)],
      ['view', 0, price(0)],
      ['view', 0, price(0)],
    ]
    expect(answers({ avg: 'view', of: 'price', exactly: 0.3333 }, thirds, [0])).toEqual([true])
    const debts: readonly Heard[] = [
      ['view', 0, price(-1)],
      ['view', 0, price(0)],
      ['view', 0, price(0)],
    ]
    // −1/3 is floored to −0.3334, which is less than −0.3333.
    expect(answers({ avg: 'view', of: 'price', atMost: 0 }, debts, [0])).toEqual([true])
    expect(answers({ avg: 'view', of: 'price', exactly: -0.3334 }, debts, [0])).toEqual([true])
  })
})

describe('score and interest', () => {
  // A half-life of eight minutes has buckets of one minute.
  test('an event gives the points of every entry it matches, halved after eight buckets', () => {
    const heard: readonly Heard[] = [['view', 59, price(10)]]
    const score = (bound: number) =>
      answers({ score: 'heat', atLeast: bound }, heard, [59, 60, 480, 64 * 60 - 1, 64 * 60])
    expect(score(1.5)).toEqual([true, false, false, false, false])
    expect(score(0.75)).toEqual([true, true, true, false, false])
    // W[63] = 4260: 150 hundredths × 4260 = 0.00639 points.
    expect(score(0.0063)).toEqual([true, true, true, true, false])
    expect(score(0.0064)).toEqual([true, true, true, false, false])
  })

  test('a percentile is the largest place whose value is reached', () => {
    // One point: places 0 to 50 hold 0, place 100 holds 0.5.
    const heard: readonly Heard[] = [['view', 0, price(1)]]
    const place = (n: number, now: number) =>
      answers({ score: 'heat', percentile: { exactly: n } }, heard, [now])
    expect(place(100, 0)).toEqual([true])
    // W[16] = 250000: 0.25 points reach place 75.
    expect(place(75, 16 * 60)).toEqual([true])
    expect(place(50, 64 * 60)).toEqual([true])
    expect(answers({ score: 'heat', percentile: { exactly: 50 } }, [], [0])).toEqual([true])
  })

  test('equal strengths stand in the order of code points, and nothing is not among them', () => {
    const heard: readonly Heard[] = [
      ['view', 0, { category: '😀' }],
      ['view', 0, { category: '～' }],
    ]
    const top = (is: string, top: number) => answers({ interest: 'category', top, is }, heard, [0, 64 * 60])
    expect(top('～', 1)).toEqual([true, false])
    expect(top('😀', 1)).toEqual([false, false])
    expect(top('😀', 2)).toEqual([true, false])
    expect(top('absent', 3)).toEqual([false, false])
  })
})

describe('rfm', () => {
  const band = (name: string, n: number) => ({ rfm: 'customers', [name]: { exactly: n } })

  test('recency falls when the time passed exceeds a cut point', () => {
    const heard: readonly Heard[] = [['purchase', 0]]
    expect(answers(band('recency', 5), heard, [DAY, DAY + 1])).toEqual([true, false])
    expect(answers(band('recency', 4), heard, [DAY, DAY + 1, 7 * DAY, 7 * DAY + 1])).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(answers(band('recency', 1), heard, [30 * DAY, 30 * DAY + 1, 60 * DAY - 1, 60 * DAY])).toEqual([
      false,
      true,
      true,
      null,
    ])
    expect(answers(band('recency', 1), [], [0])).toEqual([null])
  })

  test('frequency and monetary bands count what the ring of days holds', () => {
    const heard: readonly Heard[] = [
      ['purchase', 0, price(60)],
      ['purchase', 10 * DAY, price(40)],
      ['purchase', 10 * DAY, price('9')],
    ]
    expect(answers(band('frequency', 3), heard, [10 * DAY, 60 * DAY - 1, 60 * DAY])).toEqual([
      true,
      true,
      false,
    ])
    expect(answers(band('frequency', 2), heard, [60 * DAY])).toEqual([true])
    expect(answers(band('monetary', 3), heard, [10 * DAY])).toEqual([true])
    expect(answers(band('monetary', 1), heard, [60 * DAY])).toEqual([true])
  })
})
