import { expect, test, vi } from 'vitest'
import { followAnalytics } from '../../src/analytics.ts'
import { makePage } from '../support/make-page.ts'

type Method = (...args: unknown[]) => unknown
type Analytics = Record<string, Method>

function makeAnalytics(before?: unknown) {
  const { window } = makePage()
  const page = window as unknown as { analytics: Analytics }
  if (before !== undefined) page.analytics = before as Analytics
  const heard: [string, object][] = []
  const track = (name: string, properties: object) => {
    heard.push([name, properties])
    return 'tracked'
  }
  followAnalytics({ window, track })
  return { heard, analytics: page.analytics }
}

/** As the snippet makes it: a list whose methods note the call in it. */
function makeSnippet(): unknown[] & Analytics {
  const list: unknown[] = []
  const methods = Object.fromEntries(
    ['track', 'page', 'identify', 'group', 'alias', 'ready'].map((name) => [
      name,
      (...args: unknown[]) => {
        list.push([name, ...args])
        return list
      },
    ]),
  )
  return Object.assign(list, methods) as unknown as unknown[] & Analytics
}

test('what the snippet noted is heard, and what is called after it goes on being noted for whoever comes', () => {
  const snippet = makeSnippet()
  snippet.page!()
  snippet.track!('Product Viewed', { product_id: 'boots', price: 129.9 })
  snippet.identify!('9', { plan: 'pro', email: 'a@b.example' })
  const { heard, analytics } = makeAnalytics(snippet)
  expect(analytics).toBe(snippet)
  expect(analytics.track!('Product Added', { product_id: 'boots' })).toBe(snippet)
  expect(heard).toEqual([
    ['view_item', { price: 129.9, item_id: 'boots' }],
    ['identify', { plan: 'pro' }],
    ['add_to_cart', { item_id: 'boots' }],
  ])
  expect([...snippet].at(-1)).toEqual(['track', 'Product Added', { product_id: 'boots' }])
})

test('a live analytics is called with the same words, and answers as before', () => {
  const track = vi.fn(function (this: unknown) {
    return this
  })
  const { heard, analytics } = makeAnalytics({ track })
  expect(analytics.track!('Signed Up', { method: 'mail' }, { a: 1 })).toBe(analytics)
  expect(track).toHaveBeenCalledWith('Signed Up', { method: 'mail' }, { a: 1 })
  expect(heard).toEqual([['sign_up', { method: 'mail' }]])
})

test('a page without one gets one, which calls back and breaks nothing', () => {
  const { heard, analytics } = makeAnalytics()
  const [done, ready] = [vi.fn(), vi.fn()]
  expect(analytics.track!('Signed In', {}, done)).toBe('tracked')
  analytics.ready!(ready)
  expect(analytics.reset!()).toBeUndefined()
  analytics.screen!('Feed')
  analytics.group!('g', { seats: 3 })
  expect([done, ready].map((call) => call.mock.calls.length)).toEqual([1, 1])
  expect(heard).toEqual([
    ['login', {}],
    ['screen_view', { screen_name: 'Feed' }],
    ['join_group', { group_id: 'g', seats: 3 }],
  ])
})

test('page views, which the tracker hears itself, joined visitors and forged exposures are not told', () => {
  const { heard, analytics } = makeAnalytics()
  analytics.page!('Home')
  analytics.alias!('new', 'old')
  analytics.track!('exposure', { placement: 'hero' })
  analytics.track!(undefined)
  expect(heard).toEqual([])
})

test('an object that throws, and one that cannot be changed, harm nobody', () => {
  const entry = Object.defineProperty({}, 'event', { get: () => expect.unreachable() })
  const { heard, analytics } = makeAnalytics([entry, null, 7, ['track', 'Signed In']])
  analytics.track!(entry)
  expect(heard).toEqual([['login', {}]])
})

test('on a server nothing happens', () => {
  expect(() => followAnalytics()).not.toThrow()
})
