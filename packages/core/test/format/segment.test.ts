import { expect, test } from 'vitest'
import { type ForeignEvent, readSegment, toEventName } from '../../src/formats.ts'

const track = (event: string, properties: object = {}) => readSegment({ type: 'track', event, properties })

test.each([
  ['Product Added', 'add_to_cart'],
  ['Order Completed', 'purchase'],
  ['Viewed Product', 'view_item'],
  ['Products Searched', 'view_search_results'],
  ['Wishlist Product Added to Cart', 'add_to_cart'],
  ['Signed Up', 'sign_up'],
  ['Trial Started', 'trial_started'],
  ['add_to_cart', 'add_to_cart'],
])('%s is %s', (event, name) => {
  expect(track(event)).toMatchObject({ name })
})

test('a product has GA4’s names', () => {
  const product = {
    product_id: 'boots',
    sku: 'G-32',
    name: 'Boots',
    category: 'hiking',
    price: '19.9',
    position: 3,
  }
  expect(track('Product Viewed', { ...product, currency: 'EUR' })).toEqual({
    name: 'view_item',
    properties: {
      item_name: 'Boots',
      item_category: 'hiking',
      price: 19.9,
      index: 3,
      item_id: 'boots',
      currency: 'EUR',
    },
  })
})

test('an order has its revenue as value, its first product and how many there are', () => {
  const products = [{ product_id: 'boots', name: 'Boots' }, { product_id: 'socks' }]
  const order = { order_id: '7', total: 27.5, revenue: 25, currency: 'EUR', products }
  expect((track('Order Completed', order) as ForeignEvent).properties).toEqual({
    transaction_id: '7',
    total: 27.5,
    revenue: 25,
    currency: 'EUR',
    value: 25,
    item_count: 2,
    item_id: 'boots',
    item_name: 'Boots',
  })
})

test('a page is a page view, by its own words or its context’s', () => {
  const context = { page: { path: '/a', title: 'A' } }
  expect(readSegment({ type: 'page', name: 'Home', context, properties: { path: '/b' } })).toEqual({
    name: 'page_view',
    properties: { page_path: '/b', page_title: 'A' },
  })
})

test('a screen, a person and a group are events without names of people', () => {
  expect(readSegment({ type: 'screen', name: 'Feed', properties: { 'Feed Type': 'private' } })).toEqual({
    name: 'screen_view',
    properties: { screen_name: 'Feed', Feed_Type: 'private' },
  })
  const traits = { name: 'Peter Gibbons', email: 'peter@example.com', plan: 'premium', logins: 5 }
  expect(readSegment({ type: 'identify', userId: '9', traits })).toEqual({
    name: 'identify',
    properties: { plan: 'premium', logins: 5 },
  })
  expect(readSegment({ type: 'group', groupId: 'g', traits: { name: 'Initech', employees: 329 } })).toEqual({
    name: 'join_group',
    properties: { group_id: 'g', name: 'Initech', employees: 329 },
  })
})

test.each([
  ['alias', { type: 'alias', previousId: 'a', userId: 'b' }],
  ['no-call', { All: true }],
  ['no-call', ['track']],
  ['no-call', { type: 'erase' }],
  ['no-name', { type: 'track' }],
  ['name', { type: 'track', event: '7 days' }],
  ['name', { type: 'track', event: 'x'.repeat(65) }],
  ['self-describing', { schema: 'iglu:com.acme/order/jsonschema/1-0-0', data: {} }],
])('%s is refused with its reason: %j', (reason, message) => {
  expect(readSegment(message)).toEqual({ reason, message: expect.stringMatching(/\. ./) })
})

test('the older `action` is read as the type, and an address says it before either', () => {
  expect(readSegment({ action: 'track', event: 'Unsubscribed' })).toMatchObject({ name: 'unsubscribed' })
  expect(readSegment({ event: 'Unsubscribed' }, 'track')).toMatchObject({ name: 'unsubscribed' })
})

test('names that people gave events become ours', () => {
  expect(['Live Chat — Sent', 'checkoutStep2Done', ' a  b ', '__proto__'].map(toEventName)).toEqual([
    'live_chat_sent',
    'checkout_step2_done',
    'a_b',
    'proto',
  ])
})
