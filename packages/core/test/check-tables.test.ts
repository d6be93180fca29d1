import { describe } from 'vitest'
import { type Row, S, type Shape, testRows, when } from './support/check-rows.ts'

const POINTS = [{ event: 'view_item', points: 1 }]
const TABLE = Array.from({ length: 101 }, (_, at) => at)
const score = (more: Shape, condition: unknown = { score: 's', atLeast: 1 }): Shape => ({
  scores: { s: { halfLife: '14d', points: POINTS, ...more } },
  ...when(condition),
})
const table = (at: number, value: unknown): Shape => score({ percentiles: TABLE.with(at, value as number) })
const funnel = (more: Shape, condition: unknown = { funnel: 'f', reached: 'b' }): Shape => ({
  funnels: { f: { within: '30d', steps: steps('a', 'b'), ...more } },
  ...when(condition),
})
const steps = (...stages: readonly unknown[]) => stages.map((stage) => ({ stage, event: 'view_item' }))
const rfm = (more: Shape, condition: unknown = { rfm: 'r', recency: { atLeast: 4 } }): Shape => ({
  rfm: {
    r: {
      event: 'purchase',
      value: 'value',
      within: '365d',
      recency: [7, 30, 90, 180],
      frequency: [2, 3, 5, 10],
      monetary: [50, 100, 250, 1000],
      ...more,
    },
  },
  ...when(condition),
})

const SCORES: readonly Row[] = [
  [
    'an unknown score',
    score({}, { score: 'engagment', atLeast: 1 }),
    `${S}.score`,
    'unknown-score',
    /Add it to "scores"/,
  ],
  ['a negative bound', score({}, { score: 's', atLeast: -1 }), `${S}.atLeast`, 'bound', /from 0 to 10000000/],
  [
    'a percentile without its table',
    score({}, { score: 's', percentile: { atLeast: 75 } }),
    `${S}.percentile`,
    'no-percentiles',
    /Add "percentiles" of 101 numbers/,
  ],
  [
    'a percentile that is a number',
    score({ percentiles: TABLE }, { score: 's', percentile: 75 }),
    `${S}.percentile`,
    'not-an-object',
    /is an object/,
  ],
  [
    'half a percentile',
    score({ percentiles: TABLE }, { score: 's', percentile: { atLeast: 99.5 } }),
    `${S}.percentile.atLeast`,
    'bound',
    /from 0 to 100/,
  ],
  [
    'a percentile beside a value',
    score({ percentiles: TABLE }, { score: 's', percentile: { atLeast: 75 }, atLeast: 5 }),
    `${S}.atLeast`,
    'unknown-field',
    /Known: score, percentile/,
  ],
  [
    'points that are no list',
    score({ points: { view_item: 1 } }),
    '$.scores.s.points',
    'not-a-list',
    /is a list/,
  ],
  ['no points', score({ points: [] }), '$.scores.s.points', 'empty-list', /at least one/],
  [
    'points of an unknown event',
    score({ points: [{ event: 'view', points: 1 }] }),
    '$.scores.s.points[0].event',
    'unknown-event',
    /Add it/,
  ],
  [
    'points that are no object',
    score({ points: ['view_item'] }),
    '$.scores.s.points[0]',
    'not-an-object',
    /is an object/,
  ],
  [
    'points finer than a hundredth',
    score({ points: [{ event: 'view_item', points: 0.125 }] }),
    '$.scores.s.points[0].points',
    'points',
    /two decimals/,
  ],
  [
    'too many points',
    score({ points: [{ event: 'view_item', points: 1001 }] }),
    '$.scores.s.points[0].points',
    'points',
    /0 to 1000/,
  ],
  [
    'points by what is not declared',
    score({ points: [{ event: 'view_item', where: { colour: 'red' }, points: 1 }] }),
    '$.scores.s.points[0].where.colour',
    'unknown-property',
    /Add it/,
  ],
  [
    'no half-life',
    score({ halfLife: undefined }),
    '$.scores.s.halfLife',
    'duration',
    /There is no duration here/,
  ],
  [
    'a table of 100 numbers',
    score({ percentiles: TABLE.slice(1) }),
    '$.scores.s.percentiles',
    'percentiles',
    /101 numbers.*not 100/,
  ],
  ['a table that descends', table(50, 48), '$.scores.s.percentiles[50]', 'percentiles', /Sort the table/],
  ['a table with text', table(100, '100'), '$.scores.s.percentiles[100]', 'percentiles', /no number/],
  [
    'a table finer than 1/10000',
    table(100, 100.00001),
    '$.scores.s.percentiles[100]',
    'percentiles',
    /four decimals/,
  ],
  ['a table beyond ±10^7', table(100, 10_000_001), '$.scores.s.percentiles[100]', 'percentiles', /10000000/],
]

const FUNNELS: readonly Row[] = [
  [
    'an unknown funnel',
    funnel({}, { funnel: 'g', reached: 'a' }),
    `${S}.funnel`,
    'unknown-funnel',
    /Add it to "funnels"/,
  ],
  [
    'an unknown stage',
    funnel({}, { funnel: 'f', stage: 'c' }),
    `${S}.stage`,
    'unknown-stage',
    /Its stages: a, b/,
  ],
  ['no stage', funnel({}, { funnel: 'f' }), S, 'one-stage', /there is none/],
  ['two stages', funnel({}, { funnel: 'f', stage: 'a', reached: 'b' }), S, 'one-stage', /there are 2/],
  ['no window', funnel({ within: undefined }), '$.funnels.f.within', 'duration', /for example "7d"/],
  [
    'a window longer than profiles are kept',
    funnel({ within: '401d' }),
    '$.funnels.f.within',
    'window-over-retention',
    /Shorten it/,
  ],
  ['one step', funnel({ steps: steps('a') }), '$.funnels.f.steps', 'steps', /2 to 8/],
  [
    'a stage twice',
    funnel({ steps: steps('a', 'b', 'a') }),
    '$.funnels.f.steps[2].stage',
    'duplicate-stage',
    /Rename one/,
  ],
  [
    'a step without a stage',
    funnel({ steps: steps('a', undefined) }),
    '$.funnels.f.steps[1].stage',
    'key',
    /is no key/,
  ],
]

const RFMS: readonly Row[] = [
  [
    'an unknown table',
    rfm({}, { rfm: 'q', recency: { atLeast: 4 } }),
    `${S}.rfm`,
    'unknown-rfm',
    /Add it to "rfm"/,
  ],
  ['no band', rfm({}, { rfm: 'r' }), S, 'no-band', /at least one of recency, frequency, monetary/],
  [
    'a band of six',
    rfm({}, { rfm: 'r', monetary: { atLeast: 6 } }),
    `${S}.monetary.atLeast`,
    'bound',
    /from 1 to 5/,
  ],
  [
    'half a band',
    rfm({}, { rfm: 'r', frequency: { atLeast: 2.5 } }),
    `${S}.frequency.atLeast`,
    'bound',
    /whole number/,
  ],
  ['a band that is a number', rfm({}, { rfm: 'r', recency: 4 }), `${S}.recency`, 'not-an-object', /A band/],
  ['an unknown event', rfm({ event: 'buy' }), '$.rfm.r.event', 'unknown-event', /Add it/],
  [
    'a value that is text',
    rfm({ value: 'transaction_id' }),
    '$.rfm.r.value',
    'type-mismatch',
    /Name a number/,
  ],
  ['no window', rfm({ within: undefined }), '$.rfm.r.within', 'duration', /for example/],
  [
    'a window longer than profiles are kept',
    rfm({ within: '401d' }),
    '$.rfm.r.within',
    'window-over-retention',
    /Shorten it/,
  ],
  [
    'three cut points',
    rfm({ recency: [7, 30, 90] }),
    '$.rfm.r.recency',
    'cut-points',
    /Write 4 ascending whole/,
  ],
  [
    'cut points that stand still',
    rfm({ frequency: [2, 3, 3, 10] }),
    '$.rfm.r.frequency',
    'cut-points',
    /ascending/,
  ],
  ['half a day', rfm({ recency: [0.5, 30, 90, 180] }), '$.rfm.r.recency', 'cut-points', /whole numbers/],
  [
    'an amount finer than 1/10000',
    rfm({ monetary: [0.00001, 1, 2, 3] }),
    '$.rfm.r.monetary',
    'cut-points',
    /four decimals/,
  ],
]

const MODELS: readonly Row[] = [
  ['a table of a model', { models: {} }, '$.models', 'no-model', /^no table of this format yet$/],
]

describe('scores', () => testRows(SCORES))
describe('funnels', () => testRows(FUNNELS))
describe('rfm', () => testRows(RFMS))
describe('models', () => testRows(MODELS))
