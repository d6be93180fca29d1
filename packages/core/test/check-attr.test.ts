import { checkRuleset } from '@attune/core/check'
import { describe, expect, test } from 'vitest'
import { type Row, S, type Shape, testRows, when } from './support/check-rows.ts'

const attr = (test: Shape): Shape => when({ attr: 'geo.country', ...test })

const ATTRS: readonly Row[] = [
  [
    'an unknown path',
    attr({ attr: 'geo.cuntry', is: 'GB' }),
    `${S}.attr`,
    'unknown-path',
    /Did you mean "geo.country"/,
  ],
  [
    'a path without a name',
    attr({ attr: 'query.', is: 'GB' }),
    `${S}.attr`,
    'unknown-path',
    /Known: geo.country/,
  ],
  [
    'an undeclared trait',
    attr({ attr: 'trait.plan', is: 'a' }),
    `${S}.attr`,
    'unknown-trait',
    /Add it to "traits"/,
  ],
  ['no operator', attr({}), S, 'one-operator', /there is none/],
  ['two operators', attr({ is: 'GB', isNot: 'IE' }), S, 'one-operator', /there are 2/],
  ['a number for text', attr({ is: 5 }), `${S}.is`, 'type-mismatch', /Compare with a string/],
  ['a comparator for text', attr({ atLeast: 5 }), `${S}.atLeast`, 'type-mismatch', /Compare with a string/],
  [
    'a bound finer than 1/10000',
    attr({ attr: 'session.seconds', atLeast: 0.00001 }),
    `${S}.atLeast`,
    'bound',
    /four decimals/,
  ],
  [
    'a list operator for text',
    attr({ hasAny: ['GB'] }),
    `${S}.hasAny`,
    'type-mismatch',
    /Compare with a string/,
  ],
  ['an empty list', attr({ in: [] }), `${S}.in`, 'empty-list', /at least one value/],
  ['a list of two types', attr({ in: ['GB', 5] }), `${S}.in`, 'mixed-list', /one type/],
  ['no list', attr({ notIn: 'GB' }), `${S}.notIn`, 'not-a-list', /takes a list/],
  [
    'a list of numbers for hasAll',
    attr({ attr: 'custom.x', hasAll: [1] }),
    `${S}.hasAll`,
    'mixed-list',
    /list of text/,
  ],
  ['exists that is neither', attr({ exists: 1 }), `${S}.exists`, 'not-a-boolean', /true or false/],
  [
    'ignoreCase that is neither',
    attr({ is: 'GB', ignoreCase: 'yes' }),
    `${S}.ignoreCase`,
    'not-a-boolean',
    /true or false/,
  ],
  [
    'a version with letters',
    attr({ attr: 'custom.v', versionAtLeast: '1.2-beta' }),
    `${S}.versionAtLeast`,
    'version',
    /dotted digits/,
  ],
  ['a part that is no text', attr({ contains: 5 }), `${S}.contains`, 'not-text', /in quotes/],
  ['null', attr({ is: null }), `${S}.is`, 'not-a-scalar', /neither text/],
]

const WHENS: readonly Row[] = [
  ['nothing said', when({ when: {} }), `${S}.when`, 'empty-when', /Name from, until, hours or weekdays/],
  [
    'an instant without a zone',
    when({ when: { from: '2026-12-01T00:00:00' } }),
    `${S}.when.from`,
    'instant',
    /RFC 3339 with a zone/,
  ],
  [
    'until before from',
    when({ when: { from: '2026-12-02T00:00:00Z', until: '2026-12-01T00:00:00Z' } }),
    `${S}.when`,
    'empty-span',
    /Correct one of them/,
  ],
  [
    'two equal hours',
    when({ when: { hours: [6, 6] } }),
    `${S}.when.hours`,
    'hours',
    /two different whole hours/,
  ],
  ['hour 25', when({ when: { hours: [6, 25] } }), `${S}.when.hours`, 'hours', /\[0, 24\]/],
  ['half an hour', when({ when: { hours: [6, 6.5] } }), `${S}.when.hours`, 'hours', /whole hours/],
  [
    'an unknown weekday',
    when({ when: { weekdays: ['sun', 'sunday'] } }),
    `${S}.when.weekdays[1]`,
    'weekdays',
    /mon, tue/,
  ],
  ['no weekday', when({ when: { weekdays: [] } }), `${S}.when.weekdays`, 'weekdays', /\["sat", "sun"\]/],
  [
    'an unknown zone',
    when({ when: { hours: [1, 2], timezone: 'Mars/Base' } }),
    `${S}.when.timezone`,
    'unknown-timezone',
    /or "visitor"/,
  ],
]

describe('attr', () => testRows(ATTRS))
describe('when', () => testRows(WHENS))

test('a path that is no text at all is unknown, even one that cannot be written as text', () => {
  const odd = Object.create(null) as object
  for (const attr of [odd, [odd], 7, null]) {
    const ruleset = { version: 1, revision: 'r', segments: { asked: { when: { attr, is: 'x' } } } }
    expect(checkRuleset(ruleset).map(({ code }) => code)).toContain('unknown-path')
  }
})
