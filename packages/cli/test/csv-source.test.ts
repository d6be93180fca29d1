import { expect, test } from 'vitest'
import { createCsvSource } from '../src/replay/csv-source.ts'
import type { Mapping } from '../src/replay/mapping.ts'
import { createOpenGroups } from '../src/replay/open-groups.ts'
import { createPseudonym } from '../src/replay/pseudonym.ts'
import type { ReplayEvent } from '../src/replay/replay-event.ts'
import { chunksOf } from './support/make-io.ts'

const names = { visitor: createPseudonym('key', 'visitor'), event: createPseudonym('key', 'event') }
const HEADER = 'Invoice,Item,Quantity,Date,Price,Customer'
const invoices: Mapping = {
  event: 'purchase',
  visitor: 'Customer',
  time: { column: 'Date' },
  id: 'Invoice',
  group: true,
  leaveOut: [{ column: 'Invoice', startsWith: 'C', reason: 'cancellation' }],
  properties: {
    transaction_id: { column: 'Invoice' },
    value: { sum: ['Quantity', 'Price'] },
    lines: { count: 'rows' },
  },
}

async function readCsv(mapping: Mapping, ...lines: readonly string[]) {
  const source = createCsvSource(chunksOf(lines.join('\n')), mapping, names)
  const events: ReplayEvent[] = []
  for await (const some of source.read()) events.push(...some)
  return { events, records: source.records(), leftOut: Object.fromEntries(source.leftOut()) }
}

test('rows of one invoice are one event of their sum, at the earliest row’s time', async () => {
  const { events, records } = await readCsv(
    invoices,
    HEADER,
    '1,mug,6,2010-12-01 08:27:00,2.55,17850',
    '1,"lamp, ""red""",6,2010-12-01 08:26:00,3.39,17850',
    '2,mug,1,2010-12-01 08:28:00,0.1,13047',
  )
  expect(records).toBe(3)
  expect(events).toEqual([
    {
      visitor: names.visitor('17850'),
      id: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      name: 'purchase',
      time: Date.UTC(2010, 11, 1, 8, 26),
      properties: { transaction_id: '1', value: 35.64, lines: 2 },
      userAgent: '',
    },
    expect.objectContaining({ properties: { transaction_id: '2', value: 0.1, lines: 1 } }),
  ])
})

test('rows of a few invoices may alternate', async () => {
  const row = (invoice: number) => `${invoice},mug,1,2010-12-01 08:26:00,1,7`
  const { events } = await readCsv(invoices, HEADER, row(1), row(2), row(1), row(3), row(2))
  expect(events.map(({ properties }) => properties.lines)).toEqual([2, 1, 2])
})

test('the group that is untouched for longest is closed first', () => {
  const groups = createOpenGroups(2)
  const drafter = { join: () => {} } as unknown as Parameters<typeof groups.take>[1]
  const draft = (key: string) => ({ key }) as unknown as Parameters<typeof groups.take>[0]
  expect(['a', 'b', 'a', 'c', 'd'].map((key) => groups.take(draft(key), drafter)?.key)).toEqual([
    undefined,
    undefined,
    undefined,
    'b',
    'a',
  ])
  expect([...groups.rest()].map(({ key }) => key)).toEqual(['c', 'd'])
})

test('rows that are no events are left out, each under its reason', async () => {
  const { records, leftOut, events } = await readCsv(
    invoices,
    HEADER,
    'C1,mug,-6,2010-12-01 08:26:00,2.55,17850',
    '2,mug,six,2010-12-01 08:26:00,2.55,17850',
    '3,mug,,2010-12-01 08:26:00,2.55,17850',
    '4,mug,6,yesterday,2.55,17850',
    '5,mug,6',
    '6,mug,6,2010-12-01 08:26:00,2.55,17850',
  )
  expect(records).toBe(6)
  expect(leftOut).toEqual({ cancellation: 1, 'bad-number': 2, 'bad-time': 1, malformed: 1 })
  expect(events).toHaveLength(1)
})

test('a row without a visitor is an event of nobody', async () => {
  const { events } = await readCsv(invoices, HEADER, '1,mug,6,2010-12-01 08:26:00,2.55,')
  expect(events[0]?.visitor).toBeUndefined()
})

test('without an id each row is its own event, and reading the file again gives the same ids', async () => {
  const { id: _, group: __, ...rest } = invoices
  const row = '1,mug,6,2010-12-01 08:26:00,2.55,17850'
  const once = await readCsv(rest, HEADER, row, row)
  expect(new Set(once.events.map(({ id }) => id)).size).toBe(2)
  expect(await readCsv(rest, HEADER, row, row)).toEqual(once)
})

test('event names, numbers, truths and agents may stand in columns', async () => {
  const mapping: Mapping = {
    event: { column: 'type' },
    visitor: 'who',
    time: { column: 'at', format: 'seconds' },
    userAgent: 'agent',
    delimiter: ';',
    properties: {
      price: { column: 'price', type: 'number' },
      gift: { column: 'gift', type: 'boolean' },
      note: { column: 'note' },
    },
  }
  const { events } = await readCsv(
    mapping,
    '\ufefftype;who;at;agent;price;gift;note',
    'view_item;a;1;curl/8;1.5;TRUE;hi',
    'add_to_cart;a;2;;x;maybe;',
  )
  expect(events).toMatchObject([
    {
      name: 'view_item',
      time: 1000,
      userAgent: 'curl/8',
      properties: { price: 1.5, gift: true, note: 'hi' },
    },
    { name: 'add_to_cart', time: 2000, userAgent: '' },
  ])
  expect(events[1]?.properties).toEqual({})
})

test('a column the CSV has not is named with the nearest one', async () => {
  await expect(readCsv({ ...invoices, visitor: 'Costumer' }, HEADER)).rejects.toThrow(
    'The mapping\'s $.visitor names a column "Costumer" that the CSV has not. Did you mean "Customer"?',
  )
})

test('a heading that stands twice must be made clear', async () => {
  await expect(readCsv(invoices, `${HEADER},Date`)).rejects.toThrow('The CSV has two columns "Date".')
})

test('an empty CSV is refused', async () => {
  await expect(readCsv(invoices, '')).rejects.toThrow('The CSV is empty.')
})

test('a quote that is never closed costs the rows behind it, not the run', async () => {
  const { events, leftOut } = await readCsv(
    invoices,
    HEADER,
    '1,mug,6,2010-12-01 08:26:00,2.55,17850',
    `2,"mug,6,2010-12-01 08:26:00,2.55,17850`,
    '3,mug,6,2010-12-01 08:26:00,2.55,17850',
  )
  expect(events).toHaveLength(1)
  expect(leftOut).toEqual({ malformed: 1 })
})
