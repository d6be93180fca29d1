import { expect, test } from 'vitest'
import { createTracker } from './support/create-tracker.ts'
import { makePage } from './support/make-page.ts'

test('nothing is sent, stored or patched while the visitor has not been asked', async () => {
  const page = makePage()
  const { pushState } = page.window.history
  const tracker = createTracker(page)
  tracker.track('view_item', { item_id: 'boots' })
  page.emit(page.window.document, 'scroll')
  page.hide()
  await page.advance(60_000)
  expect(page.sent).toEqual([])
  expect(page.window.document.cookie).toBe('')
  expect(page.window.sessionStorage.length).toBe(0)
  expect(page.window.localStorage.length).toBe(0)
  expect(page.window.history.pushState).toBe(pushState)
  expect(tracker.consent()).toBeUndefined()
})

test.each([
  'none',
  'marketing',
  'statistics-anonymous',
  'statistics-anonymous.marketing',
  '',
  'xpreferences',
])('nothing is sent when the cookie says "%s"', async (value) => {
  const page = makePage()
  page.consent(value)
  const tracker = createTracker(page)
  tracker.track('purchase', { value: 1 })
  await page.advance(5_000)
  page.hide()
  expect(page.sent).toEqual([])
  expect(page.window.sessionStorage.length).toBe(0)
})

test.each(['preferences', 'statistics', 'statistics.marketing'])('%s is enough to send', async (value) => {
  const page = makePage()
  page.consent(value)
  createTracker(page)
  await page.advance(1_000)
  expect(page.names()).toEqual(['page_view'])
})

test('calls made before the answer are sent after the page view once it is yes, stamped with its time', async () => {
  const page = makePage()
  const tracker = createTracker(page)
  tracker.track('view_item', { item_id: 'boots' })
  tracker.track('sign_up')
  await page.advance(30_000)
  tracker.consent('all')
  await page.advance(1_000)
  expect(page.names()).toEqual(['page_view', 'view_item', 'sign_up'])
  const times = page.sent[0]?.body.events.map(({ time }) => time)
  expect(times).toEqual(Array(3).fill(page.now() - 1_000))
})

test('only the newest 20 calls wait for the answer', async () => {
  const page = makePage()
  const tracker = createTracker(page)
  for (let n = 1; n <= 25; n++) tracker.track('view_item', { item_id: n })
  tracker.consent('all')
  await page.advance(2_000)
  const events = page.sent.flatMap(({ body }) => body.events).filter(({ name }) => name === 'view_item')
  expect(events.map(({ properties }) => properties.item_id)).toEqual(
    Array.from({ length: 20 }, (_, n) => n + 6),
  )
})

test('calls of a page left before the answer are forgotten', async () => {
  const page = makePage()
  const tracker = createTracker(page)
  tracker.track('view_item', { item_id: 'boots' })
  page.window.history.pushState(null, '', '/next')
  tracker.consent('all')
  await page.advance(1_000)
  expect(page.names()).toEqual(['page_view'])
})

test('calls made before or under a refusal are forgotten, whatever is said later', async () => {
  const page = makePage()
  const tracker = createTracker(page)
  tracker.track('view_item', { item_id: 'before' })
  tracker.consent('none')
  tracker.track('view_item', { item_id: 'under' })
  tracker.consent('all')
  await page.advance(1_000)
  expect(page.names()).toEqual(['page_view'])
})

test('a banner that writes the cookie itself is heard through attune:consent', async () => {
  const page = makePage()
  createTracker(page)
  page.consent('preferences.statistics')
  await page.advance(1_000)
  expect(page.names()).toEqual(['page_view'])
})

test('withdrawing drops what is queued, empties the storage, breaks off the request and stops listening', async () => {
  const page = makePage()
  page.consent('preferences')
  const tracker = createTracker(page)
  page.answer = () => new Promise(() => {})
  await page.advance(1_000)
  tracker.track('view_item', { item_id: 'boots' })
  expect(page.window.sessionStorage.length).toBe(1)
  tracker.consent('none')
  expect(page.sent[0]?.init.signal?.aborted).toBe(true)
  expect(page.window.sessionStorage.length).toBe(0)
  page.window.history.pushState(null, '', '/next')
  page.emit(page.window.document, 'pointermove')
  page.hide()
  page.emit(page.window, 'pagehide')
  await page.advance(60_000)
  expect(page.sent).toHaveLength(1)
})

test('a consent cookie that stands twice grants nothing: a sibling host may have planted one', async () => {
  const page = makePage()
  // The same path twice would be one cookie; a planted one has another domain.
  Object.defineProperty(page.window.document, 'cookie', {
    get: () => 'other=1; attune_consent=preferences.statistics; attune_consent=none',
  })
  const tracker = createTracker(page)
  tracker.track('purchase', { value: 1 })
  await page.advance(5_000)
  expect([page.sent, tracker.consent(), page.window.sessionStorage.length]).toEqual([[], [], 0])
})

test('consent taken away without a word, as in another tab, holds from the next event on', async () => {
  const page = makePage()
  page.consent('preferences')
  const tracker = createTracker(page)
  page.window.document.cookie = 'attune_consent=none; Path=/'
  tracker.track('purchase', { value: 1 })
  await page.advance(5_000)
  expect(page.sent).toEqual([])
  expect(page.window.sessionStorage.length).toBe(0)
})

test('what an earlier page left is removed unsent when consent has gone in between', async () => {
  const page = makePage('https://shop.test/', { attune_queue: '[[{"id":"a"}],0]' })
  createTracker(page)
  await page.advance(5_000)
  expect(page.sent).toEqual([])
  expect(page.window.sessionStorage.length).toBe(0)
})

test('granting again after a withdrawal counts a page view once, also for later navigations', async () => {
  const page = makePage()
  const tracker = createTracker(page)
  tracker.consent('all')
  tracker.consent('none')
  tracker.consent('all')
  await page.advance(1_000)
  page.window.history.pushState(null, '', '/next')
  await page.advance(1_000)
  expect(page.names().filter((name) => name === 'page_view')).toHaveLength(2)
})

test('consent() writes what it is told, keeps what is not named and reads it back', () => {
  const page = makePage()
  const tracker = createTracker(page)
  expect(tracker.consent({ preferences: true })).toEqual(['preferences'])
  expect(tracker.consent({ statistics: true })).toEqual(['preferences', 'statistics'])
  expect(page.window.document.cookie).toContain('attune_consent=preferences.statistics')
  expect(tracker.consent({ preferences: false })).toEqual(['statistics'])
  expect(tracker.consent('none')).toEqual([])
  expect(page.window.document.cookie).toContain('attune_consent=none')
  expect(tracker.consent('all')).toEqual(['preferences', 'statistics', 'statistics-anonymous', 'marketing'])
})

test('the cookie is for the whole site, for 180 days, and Secure where the page is', () => {
  const written: string[] = []
  const page = makePage()
  Object.defineProperty(page.window.document, 'cookie', {
    get: () => '',
    set: (value: string) => written.push(value),
  })
  createTracker(page).consent('all')
  expect(written).toEqual([
    'attune_consent=preferences.statistics.statistics-anonymous.marketing; Path=/; SameSite=Lax; Max-Age=15552000; Secure',
  ])
})

test.each([42, 'yes', [], { preferences: 'true' }, { preferences: 1 }, () => {}])(
  'consent(%j) is no yes and does not throw',
  (choice) => {
    const page = makePage()
    // A page written in JavaScript may pass anything.
    expect(createTracker(page).consent(choice as never)).toEqual([])
  },
)

test('a document that refuses cookies is a visitor who was not asked', async () => {
  const page = makePage()
  Object.defineProperty(page.window.document, 'cookie', {
    get: () => {
      throw new Error('SecurityError')
    },
  })
  const tracker = createTracker(page)
  expect(tracker.consent('all')).toBeUndefined()
  await tracker.track('purchase')
  await page.advance(5_000)
  expect(page.sent).toEqual([])
})
