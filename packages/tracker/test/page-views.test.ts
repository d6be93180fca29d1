import { expect, test } from 'vitest'
import { createTracker } from './support/create-tracker.ts'
import { makePage, type Page } from './support/make-page.ts'

function pageViews(page: Page): unknown[] {
  const events = page.sent.flatMap(({ body }) => body.events)
  return events.filter(({ name }) => name === 'page_view').map(({ properties }) => properties)
}

function makeGrantedPage(url?: string): Page {
  const page = makePage(url)
  page.consent('preferences')
  return page
}

test('the first page view carries path and title, and of the referrer only the host', async () => {
  const page = makeGrantedPage('https://shop.test/category/hiking?q=private#part')
  page.window.document.title = 'Hiking'
  Object.defineProperty(page.window.document, 'referrer', { value: 'https://www.search.test/find?q=private' })
  createTracker(page)
  await page.advance(1_000)
  expect(pageViews(page)).toEqual([
    { page_path: '/category/hiking', page_title: 'Hiking', page_referrer: 'www.search.test' },
  ])
  expect(page.sent[0]?.body).toMatchObject({ sent: page.now(), page: '/category/hiking' })
  expect(page.sent[0]?.url).toBe('/attune/collect')
})

test('a page of the same site is not a referrer', async () => {
  const page = makeGrantedPage()
  Object.defineProperty(page.window.document, 'referrer', { value: 'https://shop.test/cart' })
  createTracker(page)
  await page.advance(1_000)
  expect(pageViews(page)).toEqual([{ page_path: '/', page_title: '' }])
})

test('a client navigation is a page view with the title it gets, and no referrer', async () => {
  const page = makeGrantedPage()
  createTracker(page)
  await page.advance(1_000)
  page.window.history.pushState(null, '', '/cart')
  page.window.document.title = 'Cart'
  await page.advance(1_000)
  page.window.history.replaceState(null, '', '/checkout')
  await page.advance(1_000)
  expect(pageViews(page).slice(1)).toEqual([
    { page_path: '/cart', page_title: 'Cart' },
    { page_path: '/checkout', page_title: 'Cart' },
  ])
})

test('another query, another fragment or the same address again is no page view', async () => {
  const page = makeGrantedPage()
  createTracker(page)
  page.window.history.pushState(null, '', '/?q=tent')
  page.window.history.replaceState({ key: 1 }, '', '/#top')
  page.emit(page.window, 'popstate')
  await page.advance(1_000)
  expect(pageViews(page)).toHaveLength(1)
})

test('going back by popstate is a page view', async () => {
  const page = makeGrantedPage()
  const { replaceState } = page.window.history
  createTracker(page)
  // The address changes before popstate, without a call of pushState.
  replaceState.call(page.window.history, null, '', '/before')
  page.emit(page.window, 'popstate')
  await page.advance(1_000)
  expect(pageViews(page)).toMatchObject([{ page_path: '/' }, { page_path: '/before' }])
})

test('a page restored from the back/forward cache is a page view; a page shown for the first time is not another', async () => {
  const page = makeGrantedPage()
  createTracker(page)
  page.emit(page.window, 'pageshow', { persisted: false })
  await page.advance(1_000)
  page.emit(page.window, 'pageshow', { persisted: true })
  await page.advance(1_000)
  expect(pageViews(page)).toHaveLength(2)
})

test('a page restored from the back/forward cache sees the consent given in the meantime', async () => {
  const page = makePage()
  createTracker(page)
  page.window.document.cookie = 'attune_consent=preferences; Path=/'
  page.emit(page.window, 'pageshow', { persisted: true })
  await page.advance(1_000)
  expect(pageViews(page)).toHaveLength(1)
})

test('a prerendered page says nothing until it is shown, and then what was tracked in it', async () => {
  const page = makeGrantedPage()
  let prerendering = true
  Object.defineProperty(page.window.document, 'prerendering', { get: () => prerendering })
  const tracker = createTracker(page)
  tracker.track('add_to_cart', { item_id: 'boots' })
  await page.advance(10_000)
  expect(page.sent).toEqual([])
  prerendering = false
  page.emit(page.window.document, 'prerenderingchange')
  await page.settle()
  expect(page.names()).toEqual(['page_view', 'add_to_cart'])
})

test("the page's own history calls keep their effect, their errors and their order", () => {
  const page = makeGrantedPage()
  const { history } = page.window
  history.pushState = () => {
    throw new Error('DataCloneError')
  }
  createTracker(page)
  expect(() => history.pushState(null, '', '/x')).toThrow('DataCloneError')
  history.replaceState({ kept: true }, '', '/y')
  expect(history.state).toEqual({ kept: true })
  expect(page.window.location.pathname).toBe('/y')
})
