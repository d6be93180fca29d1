import type { Condition, Ruleset } from '@attune/core'
import { describe, expect, test } from 'vitest'
import { ask, instants } from './ask.ts'
import { type Answer, type Happening, inOrder, type World } from './world.ts'

// The oracle judges the evaluator; these answers, worked out by hand from the language page, judge the oracle.

const HOUR = 3600
const DAY = 24 * HOUR
// 1970-01-05 was a Monday: day 4.
const MONDAY = 4 * DAY
// The window "1h" is cut into buckets of one minute.
const MINUTE = 60

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

type Heard = readonly [name: string, at: number, properties?: object, context?: object]

function worldOf(heard: readonly Heard[], more: Partial<World> = {}): World {
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
function answers(condition: object, heard: readonly Heard[], nows: readonly number[]): readonly Answer[] {
  const world = worldOf(heard)
  return nows.map((now) => ask(world, condition as Condition, now))
}

const price = (value: unknown) => ({ price: value })

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

describe('sequence and funnel', () => {
  const bought = [{ event: 'view' }, { event: 'cart' }, { event: 'purchase' }]

  test('different events took the steps in order, each within the gap', () => {
    const chain = { sequence: bought, gap: '1m' }
    expect(
      answers(
        chain,
        [
          ['view', 0],
          ['cart', 60],
          ['purchase', 120],
        ],
        [120],
      ),
    ).toEqual([true])
    expect(
      answers(
        chain,
        [
          ['view', 0],
          ['cart', 61],
          ['purchase', 62],
        ],
        [120],
      ),
    ).toEqual([false])
    expect(
      answers(
        chain,
        [
          ['cart', 0],
          ['view', 1],
          ['purchase', 2],
        ],
        [120],
      ),
    ).toEqual([false])
    const twice = { sequence: [{ event: 'view' }, { event: 'view' }] }
    expect(answers(twice, [['view', 0]], [9])).toEqual([false])
    expect(
      answers(
        twice,
        [
          ['view', 0],
          ['view', 0],
        ],
        [9],
      ),
    ).toEqual([true])
  })

  test('an earlier start may reach further than a later one', () => {
    // The second view lies too far from nothing: cart 50 follows view 0 only.
    const chain = { sequence: bought, gap: '1m' }
    const heard: readonly Heard[] = [
      ['view', 0],
      ['cart', 50],
      ['view', 55],
      ['purchase', 100],
    ]
    expect(answers(chain, heard, [100])).toEqual([true])
  })

  test('the last step lies in (now − within, now]', () => {
    const chain = { sequence: bought.slice(0, 2), within: '1m' }
    const heard: readonly Heard[] = [
      ['view', 0],
      ['cart', 1000],
    ]
    expect(answers(chain, heard, [1000, 1059, 1060])).toEqual([true, true, false])
  })

  test('an unless between first and last breaks the chain, as a middle step too, but not as an end', () => {
    const chain = { sequence: bought, unless: 'cart' }
    expect(
      answers(
        chain,
        [
          ['view', 0],
          ['cart', 1],
          ['purchase', 2],
        ],
        [9],
      ),
    ).toEqual([false])
    const ends = { sequence: bought.slice(0, 2), unless: 'cart' }
    expect(
      answers(
        ends,
        [
          ['view', 0],
          ['cart', 1],
        ],
        [9],
      ),
    ).toEqual([true])
    expect(
      answers(
        ends,
        [
          ['view', 0],
          ['cart', 1],
          ['cart', 2],
        ],
        [9],
      ),
    ).toEqual([true])
    const begins = { sequence: bought.slice(1), unless: 'cart' }
    expect(
      answers(
        begins,
        [
          ['cart', 1],
          ['cart', 2],
          ['purchase', 3],
        ],
        [9],
      ),
    ).toEqual([true])
    expect(
      answers(
        ends,
        [
          ['view', 0],
          ['secret', 1],
          ['cart', 2],
        ],
        [9],
      ),
    ).toEqual([true])
    const apart = { sequence: bought.slice(0, 2), unless: 'purchase' }
    expect(
      answers(
        apart,
        [
          ['view', 0],
          ['purchase', 0],
          ['cart', 0],
        ],
        [9],
      ),
    ).toEqual([false])
    expect(
      answers(
        apart,
        [
          ['purchase', 0],
          ['view', 0],
          ['cart', 0],
          ['purchase', 0],
        ],
        [9],
      ),
    ).toEqual([true])
  })

  test('the furthest stage whose last step is in the window', () => {
    const heard: readonly Heard[] = [
      ['view', 0],
      ['cart', 1],
      ['purchase', 2],
      ['view', 1800],
    ]
    const asked = (stage: string) =>
      answers({ funnel: 'checkout', stage }, heard, [1800, 3601, 3602, 5399, 5400])
    expect(asked('bought')).toEqual([true, true, false, false, false])
    expect(asked('chosen')).toEqual([false, false, false, false, false])
    expect(asked('seen')).toEqual([false, false, true, true, false])
    const reached = (stage: string) =>
      answers({ funnel: 'checkout', reached: stage }, heard, [1800, 5399, 5400])
    expect(reached('seen')).toEqual([true, true, false])
    expect(reached('chosen')).toEqual([true, false, false])
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
