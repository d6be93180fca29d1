import type { Json } from '@attune/core'
import { expect, test } from 'vitest'
import { parseMapping } from '../src/replay/parse-mapping.ts'
import { createReadTime } from '../src/replay/read-time.ts'

const sound = { event: 'purchase', visitor: 'Customer', time: { column: 'Date' } }

test('the smallest mapping names an event, a visitor and a time', () => {
  expect(parseMapping(sound)).toEqual({ ok: true, value: sound })
})

test('a mapping may say much more', () => {
  const mapping = {
    ...sound,
    event: { column: 'Type' },
    time: { column: 'Date', format: 'dd/MM/yyyy HH:mm', timezone: 'Europe/London' },
    id: 'Invoice',
    group: true,
    userAgent: 'Agent',
    purpose: 'statistics',
    delimiter: ';',
    leaveOut: [
      { column: 'Invoice', startsWith: 'C', reason: 'cancellation' },
      { column: 'Type', is: 'test', reason: 'test' },
      { column: 'Type', empty: true, reason: 'no-type' },
    ],
    properties: {
      value: { sum: ['Quantity', 'Price'] },
      lines: { count: 'rows' },
      paid: { column: 'Paid', type: 'boolean' },
    },
  }
  expect(parseMapping(mapping)).toEqual({ ok: true, value: mapping })
})

test.each<[Json, string, string]>([
  [[], '$', 'A mapping is an object'],
  [{ ...sound, event: 'two words' }, '$.event', 'An event name has letters, digits and _'],
  [{ ...sound, event: { colum: 'x' } }, '$.event.colum', 'Did you mean "column"?'],
  [{ ...sound, visitor: '' }, '$.visitor', 'Give the heading of a column.'],
  [{ ...sound, vistor: 'x' }, '$.vistor', 'Did you mean "visitor"?'],
  [{ ...sound, time: 'Date' }, '$.time', 'A time is an object with column, format, timezone.'],
  [{ ...sound, time: { column: 'Date', format: 'dd/MM' } }, '$.time.format', 'There is no such format.'],
  [
    { ...sound, time: { column: 'Date', format: 'yyyy-MM-dd HH HH' } },
    '$.time.format',
    'There is no such format.',
  ],
  [
    { ...sound, time: { column: 'Date', timezone: 'London' } },
    '$.time.timezone',
    'There is no such timezone.',
  ],
  [{ ...sound, group: true }, '$.group', 'Name its column in "id".'],
  [{ ...sound, purpose: 'ads' }, '$.purpose', 'Purposes are functional'],
  [{ ...sound, delimiter: ';;' }, '$.delimiter', 'A delimiter is one character'],
  [{ ...sound, leaveOut: {} }, '$.leaveOut', 'is a list of tests'],
  [
    { ...sound, leaveOut: [{ column: 'a', reason: 'b' }] },
    '$.leaveOut[0]',
    'exactly one of is, startsWith, empty',
  ],
  [{ ...sound, leaveOut: [{ column: 'a', is: 1, reason: 'b' }] }, '$.leaveOut[0].is', '"is" is text.'],
  [{ ...sound, leaveOut: [{ column: 'a', is: 'x', reason: 'B c' }] }, '$.leaveOut[0].reason', 'a short name'],
  [{ ...sound, properties: { value: 'Price' } }, '$.properties.value', 'A property is an object'],
  [{ ...sound, properties: { value: {} } }, '$.properties.value', 'exactly one of column, sum, count'],
  [{ ...sound, properties: { value: { sum: [] } } }, '$.properties.value.sum', 'A sum is a list of columns'],
  [
    { ...sound, properties: { value: { sum: ['a'], type: 'number' } } },
    '$.properties.value.type',
    'Beside a column',
  ],
  [{ ...sound, properties: { 'a-b': { column: 'x' } } }, '$.properties["a-b"]', 'A property name has'],
])('%j is refused at its place', (value, path, message) => {
  const parsed = parseMapping(value)
  expect(parsed.ok ? [] : parsed.problems).toContainEqual(
    expect.objectContaining({ path, message: expect.stringContaining(message) }),
  )
})

const utc = Date.UTC(2010, 11, 1, 8, 26)

test.each([
  ['iso', undefined, '2010-12-01 08:26:00', utc],
  ['iso', undefined, '2010-12-01T08:26', utc],
  ['iso', undefined, '2010-12-01T09:26:00.25+01:00', utc + 250],
  ['iso', undefined, '2010-12-01T03:56:00-0430', utc],
  ['iso', undefined, '2010-12-01T08:26:00Z', utc],
  ['iso', 'Europe/Berlin', '2010-12-01 09:26:00', utc],
  ['iso', 'Europe/Berlin', '2010-12-01T08:26:00Z', utc],
  ['iso', undefined, '2010-12-01', Date.UTC(2010, 11, 1)],
  ['dd/MM/yyyy HH:mm', undefined, '1/12/2010 8:26', utc],
  ['MM/dd/yyyy HH:mm', undefined, '12/1/2010 8:26', utc],
  ['yyyyMMdd', undefined, '20101201', Date.UTC(2010, 11, 1)],
  ['seconds', undefined, '1291191960', utc],
  ['milliseconds', undefined, '1291191960250', utc + 250],
])('as %s (%s) %s is its instant', (format, timezone, text, expected) => {
  expect(createReadTime({ column: 'x', format, ...(timezone && { timezone }) })(text)).toBe(expected)
})

test.each([
  ['iso', ''],
  ['iso', '2010-02-30 08:26:00'],
  ['iso', '2010-12-01 24:26:00'],
  ['iso', '2010-12-01 08:60:00'],
  ['iso', '01.12.2010'],
  ['iso', '1969-12-31 23:59:59'],
  ['dd/MM/yyyy', '12/31/2010'],
  ['seconds', 'now'],
  ['seconds', '99999999999999'],
  ['milliseconds', '-1'],
])('as %s "%s" is no time', (format, text) => {
  expect(createReadTime({ column: 'x', format })(text)).toBeUndefined()
})

test('clocks that leap or go back are read as people read them', () => {
  const read = createReadTime({ column: 'x', timezone: 'Europe/London' })
  expect(read('2011-03-27 00:59:59')).toBe(Date.UTC(2011, 2, 27, 0, 59, 59))
  expect(read('2011-03-27 02:00:00')).toBe(Date.UTC(2011, 2, 27, 1))
  // Between 01:00 and 02:00 no clock of London showed this.
  expect(read('2011-03-27 01:30:00')).toBe(Date.UTC(2011, 2, 27, 1, 30))
  // Clocks showed this twice; the first time is taken.
  expect(read('2011-10-30 01:30:00')).toBe(Date.UTC(2011, 9, 30, 0, 30))
  expect(read('2011-10-30 02:00:00')).toBe(Date.UTC(2011, 9, 30, 2))
})

test('zones with odd offsets are right beyond the date line', () => {
  const read = createReadTime({ column: 'x', timezone: 'Pacific/Chatham' })
  expect(read('2011-01-01 00:00:00')).toBe(Date.UTC(2010, 11, 31, 10, 15))
})
