import { expect, test } from 'vitest'
import { createTracker, createWhole } from './support/create-tracker.ts'
import { makePage, type Page, status } from './support/make-page.ts'

function makeGrantedPage(storage: Readonly<Record<string, string>> = {}): Page {
  const page = makePage('https://shop.test/', storage)
  page.consent('preferences')
  return page
}

function stored(page: Page): Record<string, string> {
  const value = page.window.sessionStorage.getItem('attune_queue')
  return value === null ? {} : { attune_queue: value }
}

test('hiding the page hands everything to a beacon, the engagement of the page included', async () => {
  const page = makeGrantedPage()
  const tracker = await createWhole(page)
  tracker.track('view_item', { item_id: 'a' })
  await page.advance(500)
  page.hide()
  expect(page.sent.map(({ by }) => by)).toEqual(['beacon'])
  expect(page.names()).toEqual(['page_view', 'session_start', 'view_item', 'user_engagement'])
  await page.advance(60_000)
  expect(page.sent).toHaveLength(1)
  expect(stored(page)).toEqual({})
})

test('leaving the page is one beacon, although it is told twice', async () => {
  const page = makeGrantedPage()
  await createWhole(page)
  await page.advance(500)
  page.emit(page.window, 'pagehide')
  await page.advance(1)
  page.hide()
  expect(page.sent.map(({ body }) => body.events.map(({ name }) => name))).toEqual([
    ['page_view', 'session_start', 'user_engagement'],
  ])
})

test('pagehide alone is enough', () => {
  const page = makeGrantedPage()
  createTracker(page)
  page.emit(page.window, 'pagehide')
  expect(page.names()).toEqual(['page_view'])
})

test('a beacon that is refused is cut in half until it is taken', () => {
  const page = makeGrantedPage()
  const tracker = createTracker(page)
  page.answer = () => new Promise(() => {})
  page.takesBeacon = (body) => JSON.parse(body).events.length <= 5
  for (let n = 0; n < 18; n++) tracker.track('view_item', { n })
  page.hide()
  expect(page.sent.map(({ body }) => body.events.length)).toEqual([4, 4, 4, 4, 3])
  expect(stored(page)).toEqual({})
})

test('when no beacon is taken at all, the next page of the tab sends it with the same ids', async () => {
  const first = makeGrantedPage()
  first.takesBeacon = () => false
  createTracker(first).track('view_item', { item_id: 'a' })
  first.hide()
  expect(first.sent).toEqual([])
  const left = JSON.parse(stored(first).attune_queue ?? '')[0]

  const second = makeGrantedPage(stored(first))
  createTracker(second)
  await second.advance(1_000)
  expect(second.names()).toEqual(['page_view', 'view_item', 'page_view'])
  expect(second.sent[0]?.body.events.slice(0, 2).map(({ id }) => id)).toEqual(
    left.map(({ id }: { id: string }) => id),
  )
  expect(stored(second)).toEqual({})
})

test('an event stays in storage until it is acknowledged', async () => {
  const page = makeGrantedPage()
  let finish = (_: Response) => {}
  page.answer = () =>
    new Promise((resolve) => {
      finish = resolve
    })
  createTracker(page).track('purchase', { value: 1 })
  await page.settle()
  expect(JSON.parse(stored(page).attune_queue ?? '')[0]).toHaveLength(2)
  finish(Response.json({}))
  await page.settle()
  expect(stored(page)).toEqual({})
})

test('the server is left in peace for its Retry-After by beacons and by the next page too', async () => {
  const first = makeGrantedPage()
  first.answer = () => status(503, { 'retry-after': '60' })
  createTracker(first).track('purchase', { value: 1 })
  await first.settle()
  first.hide()
  expect(first.sent.map(({ by }) => by)).toEqual(['fetch'])

  const second = makeGrantedPage(stored(first))
  // The id of the page view, and when it is looked at again.
  second.chances = [0.5, 0.2]
  createTracker(second)
  // Once and a half by a chance of one half, and as much of a second of ours.
  await second.advance(90_500)
  expect(second.sent).toEqual([])
  second.hide()
  expect(second.sent).toEqual([])
  await second.advance(1)
  second.show()
  expect(second.names()).toEqual(['page_view', 'purchase', 'page_view', 'user_engagement'])
})

test('while the server is in trouble, leaving hands it over once and keeps it for the next page', async () => {
  const first = makeGrantedPage()
  first.answer = () => status(500)
  createTracker(first).track('purchase', { value: 1 })
  await first.advance(2_000)
  first.emit(first.window, 'pagehide')
  first.hide()
  const [tried, handed, ...more] = first.sent
  expect([tried?.by, handed?.by, ...more]).toEqual(['fetch', 'beacon'])
  const ids = tried?.body.events.map(({ id }) => id) ?? []
  expect(handed?.body.events.slice(0, 2).map(({ id }) => id)).toEqual(ids)

  await first.advance(700)
  const second = makeGrantedPage(stored(first))
  createTracker(second)
  await second.advance(1_000)
  expect(second.sent[0]?.body.events.slice(0, 2).map(({ id }) => id)).toEqual(ids)
  expect(second.names().at(-1)).toBe('page_view')
  expect(stored(second)).toEqual({})
})

test('the next page of the tab is as patient as the one before, and after an answer as eager as ever', async () => {
  const first = makeGrantedPage()
  first.answer = () => status(500)
  const tracker = createTracker(first)
  for (let n = 0; n < 6; n++) {
    tracker.track('purchase', { n })
    await first.advance(60_000)
  }
  const second = makeGrantedPage(stored(first))
  second.answer = () => status(500)
  const next = createTracker(second)
  await second.advance(59_000)
  second.sent.length = 0
  next.track('purchase')
  await second.settle()
  expect(second.sent.length).toBeLessThanOrEqual(1)
  second.answer = () => Response.json({})
  await second.advance(300_000)
  expect(stored(second)).toEqual({})
  second.answer = () => status(500)
  next.track('purchase')
  await second.advance(501)
  second.sent.length = 0
  next.track('purchase')
  expect(second.sent).toHaveLength(1)
})

test('coming back by the back/forward cache takes over what a later page left', async () => {
  const page = makeGrantedPage()
  createTracker(page)
  await page.advance(1_000)
  page.sent.length = 0
  const event = { id: 'kept', name: 'view_item', time: 1, properties: {}, page: '/later' }
  page.window.sessionStorage.setItem('attune_queue', JSON.stringify([[event], 0]))
  page.emit(page.window, 'pageshow', { persisted: true })
  await page.advance(1_000)
  expect(page.sent[0]?.body).toMatchObject({ page: '/later', events: [{ id: 'kept' }] })
})

test.each(['', 'null', '{"a":1}', '[1', '[1]', '[[null]]', '[[]]', '[[],"x","y"]', '"text"'])(
  'unreadable storage (%s) is as good as none',
  async (value) => {
    const page = makeGrantedPage({ attune_queue: value })
    const tracker = createTracker(page)
    await tracker.track('purchase', { value: 1 })
    expect(page.names()).toContain('purchase')
  },
)

test('without sessionStorage the queue lives as long as the page', async () => {
  const page = makeGrantedPage()
  Object.defineProperty(page.window, 'sessionStorage', {
    get: () => {
      throw new Error('SecurityError')
    },
  })
  createTracker(page)
  await page.advance(1_000)
  expect(page.names()).toEqual(['page_view'])
})

test('a press on a link sends what waits before the next page is asked for', async () => {
  const page = makeGrantedPage()
  page.window.document.body.innerHTML = '<p id="text">text</p><a href="/cart"><b id="link">cart</b></a>'
  createTracker(page)
  page.emit(page.window.document.getElementById('text') as Element, 'pointerdown')
  expect(page.sent).toEqual([])
  page.emit(page.window.document.getElementById('link') as Element, 'pointerdown')
  expect(page.names()).toEqual(['page_view'])
})
