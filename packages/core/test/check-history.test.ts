import { describe } from 'vitest'
import { type Row, S, type Shape, testRows, when } from './support/check-rows.ts'

const sum = (more: Shape): Shape => when({ sum: 'purchase', of: 'value', atLeast: 1, ...more })
const touch = (more: Shape): Shape => when({ touch: 'first', of: 'utm.source', ...more })
const STEPS = [{ event: 'view_item' }, { event: 'purchase' }]
const sequence = (more: Shape): Shape => when({ sequence: STEPS, ...more })
const regular = (more: Shape): Shape =>
  when({ regular: 'view_item', period: 'day', atLeast: 3, ofLast: 7, ...more })

const AGGREGATES: readonly Row[] = [
  ['an unknown event', sum({ sum: 'buy' }), `${S}.sum`, 'unknown-event', /Add it to "events"/],
  ['no property', sum({ of: undefined }), `${S}.of`, 'unknown-property', /"properties"/],
  ['a sum of text', sum({ of: 'transaction_id' }), `${S}.of`, 'type-mismatch', /Name a number/],
  [
    'a mean of text',
    when({ avg: 'purchase', of: 'item_category', atLeast: 1 }),
    `${S}.of`,
    'type-mismatch',
    /is a string/,
  ],
  [
    'a bound finer than 1/10000',
    when({ min: 'purchase', of: 'value', atLeast: 0.00001 }),
    `${S}.atLeast`,
    'bound',
    /four decimals/,
  ],
  [
    'a bound beyond what is kept',
    when({ max: 'purchase', of: 'value', atMost: 1e12 }),
    `${S}.atMost`,
    'bound',
    /900000000000/,
  ],
  ['an amount as text', sum({ atLeast: '100' }), `${S}.atLeast`, 'bound', /Use a number/],
  ['two comparators', sum({ atMost: 3 }), S, 'one-comparator', /Exactly one of/],
  [
    'a window longer than profiles are kept',
    sum({ within: '401d' }),
    `${S}.within`,
    'window-over-retention',
    /Shorten it/,
  ],
  [
    'a filter by what is not declared',
    sum({ where: { colour: 'red' } }),
    `${S}.where.colour`,
    'unknown-property',
    /Add it/,
  ],
  ['a gap, which sums do not have', sum({ gap: '1h' }), `${S}.gap`, 'unknown-field', /Known: sum, of/],
]

const TOUCHES: readonly Row[] = [
  ['the second touch', touch({ touch: 'second', is: 'a' }), `${S}.touch`, 'which', /Choose one/],
  [
    'a path that events do not remember',
    touch({ of: 'geo.country', is: 'GB' }),
    `${S}.of`,
    'unknown-path',
    /Known: url.path, utm.source/,
  ],
  [
    'a mistyped path',
    touch({ of: 'utm.sorce', is: 'a' }),
    `${S}.of`,
    'unknown-path',
    /Did you mean "utm.source"/,
  ],
  ['a number for text', touch({ is: 5 }), `${S}.is`, 'type-mismatch', /Compare with a string/],
  ['no operator', touch({}), S, 'one-operator', /there is none/],
]

const SEQUENCES: readonly Row[] = [
  ['no list', sequence({ sequence: 'view_item' }), `${S}.sequence`, 'steps', /list of 2 to 8/],
  ['one step', sequence({ sequence: [{ event: 'purchase' }] }), `${S}.sequence`, 'steps', /2 to 8/],
  [
    'nine steps',
    sequence({ sequence: Array.from({ length: 9 }, () => ({ event: 'purchase' })) }),
    `${S}.sequence`,
    'steps',
    /2 to 8/,
  ],
  [
    'a step that is a name',
    sequence({ sequence: ['view_item', ...STEPS] }),
    `${S}.sequence[0]`,
    'not-an-object',
    /A step/,
  ],
  [
    'a step of an unknown event',
    sequence({ sequence: [...STEPS, { event: 'buy' }] }),
    `${S}.sequence[2].event`,
    'unknown-event',
    /Add it/,
  ],
  [
    'a step with a window',
    sequence({ sequence: [...STEPS, { event: 'purchase', within: '1d' }] }),
    `${S}.sequence[2].within`,
    'unknown-field',
    /Known: event, where/,
  ],
  [
    'a filter that can never match',
    sequence({ sequence: [...STEPS, { event: 'purchase', where: { value: 'much' } }] }),
    `${S}.sequence[2].where.value`,
    'type-mismatch',
    /Compare with a number/,
  ],
  ['an unless of an unknown event', sequence({ unless: 'refund' }), `${S}.unless`, 'unknown-event', /Add it/],
  ['a gap that is no duration', sequence({ gap: 60 }), `${S}.gap`, 'duration', /m, h, d or w/],
  ['a gap longer than the window', sequence({ gap: '2d', within: '1d' }), `${S}.gap`, 'gap', /Shorten it/],
  [
    'a window longer than profiles are kept',
    sequence({ within: '58w' }),
    `${S}.within`,
    'window-over-retention',
    /Shorten it/,
  ],
]

const REGULARS: readonly Row[] = [
  ['a period of months', regular({ period: 'month' }), `${S}.period`, 'period', /"day" or "week"/],
  [
    'an inherited name as period',
    regular({ period: 'constructor' }),
    `${S}.period`,
    'period',
    /"day" or "week"/,
  ],
  ['61 periods', regular({ ofLast: 61 }), `${S}.ofLast`, 'bound', /from 1 to 60/],
  ['eight of seven periods', regular({ atLeast: 8 }), `${S}.atLeast`, 'bound', /from 1 to 7/],
  ['none of seven periods', regular({ atLeast: 0 }), `${S}.atLeast`, 'bound', /from 1 to 7/],
  ['half a period', regular({ atLeast: 0.5 }), `${S}.atLeast`, 'bound', /whole number/],
  ['no number of periods', regular({ ofLast: undefined }), `${S}.ofLast`, 'bound', /There is no bound here/],
  [
    'more weeks than profiles are kept',
    regular({ period: 'week', ofLast: 58 }),
    `${S}.ofLast`,
    'window-over-retention',
    /raise "retention.profile"/,
  ],
  [
    'a comparator that is not its own',
    regular({ atMost: 5 }),
    `${S}.atMost`,
    'unknown-field',
    /Known: regular/,
  ],
]

describe('sum, avg, min, max', () => testRows(AGGREGATES))
describe('touch', () => testRows(TOUCHES))
describe('sequence', () => testRows(SEQUENCES))
describe('regular', () => testRows(REGULARS))
