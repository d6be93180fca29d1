import { expect, test } from 'vitest'
import { flatten, flattenGa4, GA4_EVENTS, GA4_SHOP_EVENTS } from '../../src/formats.ts'

test('an event carries its own parameters, its first item’s and how many items there are', () => {
  const items = [
    { item_id: 'boots', item_name: 'Trail boots', price: 129.9, quantity: 1, coupon: 'item' },
    { item_id: 'socks', price: 9.9, quantity: 3 },
  ]
  expect(flattenGa4({ currency: 'EUR', value: 159.6, coupon: 'order', items })).toEqual({
    currency: 'EUR',
    value: 159.6,
    coupon: 'order',
    item_count: 2,
    item_id: 'boots',
    item_name: 'Trail boots',
    price: 129.9,
    quantity: 1,
  })
})

test('a missing value is what the items cost, to the thousandth, or nothing where one has no price', () => {
  const value = (items: readonly object[]) => flattenGa4({ items }).value
  expect(value([{ price: 0.1, quantity: 3 }, { price: '9.9' }])).toBe(10.2)
  expect(value([{ price: 1 }, { item_id: 'gift' }])).toBeUndefined()
})

test.each([
  ['no list', 'boots'],
  ['an empty list', []],
  ['a list of nothing', [null, 7]],
])('items that are %s add nothing', (_, items) => {
  expect(flattenGa4({ value: 1, items })).toEqual({ value: 1 })
})

test('money sent as text becomes a number, an id of digits does not', () => {
  expect(flatten({ value: '29.90', item_id: '29', price: '1,000', tax: '1e3' })).toEqual({
    value: 29.9,
    item_id: '29',
    price: '1,000',
    tax: '1e3',
  })
})

test('what names a person is left out, and what is no flat value', () => {
  const person = {
    email: 'a@b.example',
    phone_number: '1',
    user_id: 'u',
    firstName: 'P',
    user_data: {},
    ip: '::1',
  }
  const shapeless = {
    list: [1],
    none: null,
    empty: '',
    far: Number.POSITIVE_INFINITY,
    __proto__x: 'a',
    'a.b': 'c',
  }
  expect(flatten({ ...person, ...shapeless, plan: 'pro', 'total billed': 830 })).toEqual({
    plan: 'pro',
    total_billed: 830,
  })
})

test('a hostile object makes no property that is inherited, and 32 at most', () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`p${at}`, at]))
  expect(Object.keys(flatten(many))).toHaveLength(32)
  const hostile = flatten(JSON.parse('{"__proto__":{"x":1},"constructor":"c","prototype":"p"}'))
  expect(Object.keys(hostile)).toEqual([])
})

test('the list of events has each once', () => {
  expect(new Set(GA4_EVENTS).size).toBe(GA4_EVENTS.length)
  expect(GA4_EVENTS).toEqual(expect.arrayContaining([...GA4_SHOP_EVENTS]))
})
