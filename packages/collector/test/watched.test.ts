import { describe, expect, test } from 'vitest'
import { createWatch } from '../src/quality.ts'
import { makeBatch, makeCollector, makeEvent, makeRequest, NOW } from './builders.ts'

const HOUR = 3_600_000

/** What a watch heard of a batch: event → count, property → count and how many were out of line. */
async function heardOf(
  events: readonly unknown[],
  headers: { readonly [name: string]: string } = {},
  batch: object = {},
) {
  const watch = createWatch()
  const collector = makeCollector({ watch })
  await collector.handle(makeRequest({ body: makeBatch(events, batch), headers }))
  watch.look(NOW + 2 * HOUR)
  const saved = watch.save().events.map(([name, { tallies }]) => [name, tallies[0]] as const)
  return Object.fromEntries(saved)
}

describe('a watch hears', () => {
  test('what was taken and what was refused for what it holds, with the properties as they came', async () => {
    const heard = await heardOf([
      makeEvent('a', { properties: { item_id: 'boots', extra: 1 } }),
      makeEvent('b', { properties: { price: '12' } }),
      makeEvent('c', { name: 'explode' }),
    ])
    expect(heard).toEqual({
      view_item: {
        count: 2,
        present: [
          ['item_id', 1],
          ['extra', 1],
          ['price', 1],
        ],
        odd: [['price', 1]],
        outOfLine: 0,
      },
      '(undeclared)': { count: 1, present: [], odd: [], outOfLine: 0 },
    })
  })

  test('no name of a property that is an address, a number or a key', async () => {
    const secrets = { 'jane.doe@example.com': 1, 'tel_0171-2345678': 1, AKIAIOSFODNN7EXAMPLE: 1 }
    const properties = { item_id: 'boots', first_page_referrer: 1, ...secrets }
    const { view_item } = await heardOf([makeEvent('a', { properties })])
    expect(view_item?.present).toEqual([
      ['item_id', 1],
      ['first_page_referrer', 1],
      ['(other)', 1],
    ])
  })

  test('nothing without the consent that an event needs, and nothing of programs', async () => {
    expect(await heardOf([makeEvent('a', { name: 'scroll', properties: {} })])).toEqual({})
    expect(await heardOf([makeEvent('a')], { 'user-agent': 'curl/8.5.0' })).toEqual({})
  })

  test('times by our clock, and which of them cannot be right', async () => {
    const skew = -10 * 365 * 24 * HOUR
    const right = makeEvent('a', { time: NOW + skew })
    const ahead = makeEvent('b', { time: NOW + skew + HOUR })
    const { view_item } = await heardOf([right, ahead], {}, { sent: NOW + skew })
    expect(view_item).toMatchObject({ count: 2, outOfLine: 1 })
  })
})
