import { expect, test } from 'vitest'
import type { Tracker } from '../src/index.ts'
import { createTracker, createWhole } from './support/create-tracker.ts'
import { makePage, type Page, status } from './support/make-page.ts'

/** A page whose first page view has been sent. */
async function makeStarted(): Promise<{ page: Page; tracker: Tracker }> {
  const page = makePage()
  page.consent('preferences')
  const tracker = createTracker(page)
  await page.advance(1_000)
  page.sent.length = 0
  return { page, tracker }
}

test('events wait for a second without another one, and then leave together in order', async () => {
  const { page, tracker } = await makeStarted()
  tracker.track('view_item', { item_id: 'a' })
  await page.advance(900)
  tracker.track('view_item', { item_id: 'b' })
  await page.advance(999)
  expect(page.sent).toEqual([])
  await page.advance(1)
  expect(page.sent).toHaveLength(1)
  expect(page.sent[0]?.body.events.map(({ properties }) => properties.item_id)).toEqual(['a', 'b'])
})

test('a request is JSON by POST that may outlive the page', async () => {
  const { page, tracker } = await makeStarted()
  tracker.track('view_item', { item_id: 'a' })
  await page.advance(1_000)
  expect(page.sent[0]?.init).toMatchObject({
    method: 'POST',
    keepalive: true,
    headers: { 'content-type': 'application/json' },
  })
  expect(page.sent[0]?.body).toEqual({
    sent: page.now(),
    utcOffset: 0 - new Date(page.now()).getTimezoneOffset(),
    page: '/',
    events: [
      {
        id: expect.stringMatching(/^[A-Za-z0-9_-]{16,22}$/),
        name: 'view_item',
        time: page.now() - 1_000,
        properties: { item_id: 'a' },
      },
    ],
  })
})

test('the twentieth event does not wait', async () => {
  const { page, tracker } = await makeStarted()
  for (let n = 1; n < 20; n++) tracker.track('view_item', { item_id: n })
  expect(page.sent).toEqual([])
  tracker.track('view_item', { item_id: 20 })
  expect(page.names()).toHaveLength(20)
})

test.each(['add_to_cart', 'add_to_wishlist', 'add_payment_info', 'begin_checkout', 'purchase'])(
  '%s leaves at once and takes along what waits',
  async (name) => {
    const { page, tracker } = await makeStarted()
    tracker.track('view_item', { item_id: 'a' })
    tracker.track(name, { item_id: 'a' })
    expect(page.names()).toEqual(['view_item', name])
  },
)

test('one request at a time: what comes meanwhile leaves with the next, in order', async () => {
  const { page, tracker } = await makeStarted()
  let finish = (_: Response) => {}
  page.answer = () =>
    new Promise((resolve) => {
      finish = resolve
    })
  tracker.track('add_to_cart', { item_id: 'a' })
  tracker.track('view_item', { item_id: 'b' })
  tracker.track('purchase', { value: 1 })
  await page.advance(5_000)
  expect(page.names()).toEqual(['add_to_cart'])
  finish(Response.json({}))
  await page.settle()
  expect(page.sent.map(({ body }) => body.events.map(({ name }) => name))).toEqual([
    ['add_to_cart'],
    ['view_item', 'purchase'],
  ])
})

test('ids are in the order of the events, even within a millisecond', async () => {
  const { page, tracker } = await makeStarted()
  page.chances = Array.from({ length: 19 }, (_, n) => 0.99 - n / 20)
  for (let n = 0; n < 19; n++) tracker.track('view_item', { n })
  await page.advance(1_000)
  const ids = page.sent[0]?.body.events.map(({ id }) => id) ?? []
  expect(ids).toHaveLength(19)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(19)
})

test('events of two pages go in two requests, each naming its page', async () => {
  const page = makePage()
  page.consent('preferences')
  const tracker = await createWhole(page)
  await page.advance(1_000)
  page.sent.length = 0
  tracker.track('view_item', { item_id: 'a' })
  page.window.history.pushState(null, '', '/cart')
  tracker.track('view_cart')
  await page.advance(1_000)
  expect(page.sent.map(({ body }) => [body.page, body.events.map(({ name }) => name)])).toEqual([
    ['/', ['view_item', 'user_engagement']],
    ['/cart', ['page_view', 'view_cart']],
  ])
})

test('a failure is repeated with the same ids within five minutes, by chance', async () => {
  const { page, tracker } = await makeStarted()
  page.answer = () => {
    throw new TypeError('Failed to fetch')
  }
  // The first made the id; then there are two to each failure, and the second says when the page tries again.
  page.chances = [0.1, 0.5, 0.2, 0.5, 0.9]
  tracker.track('purchase', { value: 1 })
  await page.settle()
  await page.advance(59_999)
  expect(page.sent).toHaveLength(1)
  await page.advance(1)
  expect(page.sent).toHaveLength(2)
  await page.advance(269_999)
  expect(page.sent).toHaveLength(2)
  page.answer = () => Response.json({})
  await page.advance(1)
  expect(page.sent).toHaveLength(3)
  expect(new Set(page.sent.map(({ body }) => body.events[0]?.id)).size).toBe(1)
  await page.advance(600_000)
  expect(page.sent).toHaveLength(3)
})

test('what happens after a failure tries again sooner: after up to 1 s, 2 s, 4 s … 60 s by chance', async () => {
  const { page, tracker } = await makeStarted()
  page.answer = () => status(500)
  tracker.track('purchase', { n: 0 })
  await page.settle()
  // A chance of one half.
  for (const seconds of [0.5, 1, 2, 4, 8, 16, 30, 30]) {
    page.sent.length = 0
    await page.advance(seconds * 1_000)
    tracker.track('purchase', { early: true })
    expect(page.sent).toEqual([])
    await page.advance(1)
    tracker.track('purchase', { early: false })
    await page.settle()
    expect(page.sent).toHaveLength(1)
  }
})

test('a page in which nothing happens comes again every five minutes at most', async () => {
  const { page, tracker } = await makeStarted()
  page.answer = () => status(503)
  tracker.track('purchase', { value: 1 })
  await page.advance(3_600_000)
  page.sent.length = 0
  await page.advance(3_000_000)
  // A chance of one half: 150 s each.
  expect(page.sent).toHaveLength(20)
})

test.each([429, 503])(
  'a %i is repeated only after once to twice its Retry-After, by chance',
  async (code) => {
    const { page, tracker } = await makeStarted()
    page.answer = () => status(code, { 'retry-after': '120' })
    // The id, the pause, and when it is looked at again: too early, so twice.
    page.chances = [0.1, 0.25, 0.1, 0.1, 0.5]
    tracker.track('purchase', { value: 1 })
    // A quarter more of what was asked for, and of the second of ours.
    await page.advance(150_250)
    tracker.track('purchase', { value: 2 })
    await page.settle()
    expect(page.sent).toHaveLength(1)
    page.answer = () => Response.json({})
    await page.advance(1)
    tracker.track('purchase', { value: 3 })
    await page.settle()
    expect(page.names()).toEqual(['purchase', 'purchase', 'purchase', 'purchase'])
  },
)

test('a site’s pages that were all asked for the same time come back spread out', async () => {
  const times: number[] = []
  for (const chance of [0, 0.5, 0.99]) {
    const { page, tracker } = await makeStarted()
    page.answer = () => status(503, { 'retry-after': '600' })
    page.chances = [0.1, chance]
    tracker.track('purchase', { value: 1 })
    await page.settle()
    page.answer = () => Response.json({})
    const begun = page.now()
    while (page.sent.length < 2) {
      await page.advance(1_000)
      tracker.track('purchase', { value: 2 })
      await page.settle()
    }
    times.push((page.now() - begun) / 1_000)
  }
  expect(times).toEqual([601, 901, 1195])
})

test('a request without an answer is given up after 10 s and repeated', async () => {
  const { page, tracker } = await makeStarted()
  page.answer = ({ init }) =>
    new Promise((_, reject) => {
      init.signal?.addEventListener('abort', () => reject(new Error('AbortError')))
    })
  tracker.track('purchase', { value: 1 })
  await page.advance(10_000)
  expect(page.sent).toHaveLength(1)
  // A chance of one half: 150 s.
  await page.advance(150_000)
  expect(page.sent).toHaveLength(2)
})

test.each([200, 204, 400, 401, 404, 413, 415])('a %i is the end of the batch', async (code) => {
  const { page, tracker } = await makeStarted()
  page.answer = () => new Response(code === 204 ? null : 'no JSON', { status: code })
  tracker.track('purchase', { value: 1 })
  await page.advance(600_000)
  expect(page.sent).toHaveLength(1)
  expect(page.window.sessionStorage.length).toBe(0)
})

test('at most 50 events and 60,000 bytes leave in one request', async () => {
  const { page, tracker } = await makeStarted()
  page.answer = () => status(503)
  tracker.track('purchase', { value: 0 })
  await page.settle()
  for (let n = 1; n <= 120; n++) tracker.track('view_item', { text: 'ä'.repeat(700) })
  page.sent.length = 0
  page.answer = () => Response.json({})
  await page.advance(300_000)
  const requests = page.sent.slice(page.sent.findIndex(({ body }) => body.events[0]?.name === 'purchase'))
  for (const { body, init } of requests) {
    expect(body.events.length).toBeLessThanOrEqual(50)
    expect(new Blob([String(init.body)]).size).toBeLessThanOrEqual(60_000)
  }
  expect(requests.flatMap(({ body }) => body.events)).toHaveLength(121)
})

test('a single event too large to outlive the page goes without keepalive instead of blocking the rest', async () => {
  const { page, tracker } = await makeStarted()
  page.answer = ({ init }) => (init.keepalive ? Response.json({}) : status(413))
  tracker.track('view_item', { text: 'x'.repeat(70_000) })
  tracker.track('purchase', { value: 1 })
  await page.settle()
  expect(page.sent.map(({ init }) => init.keepalive)).toEqual([false, true])
  expect(page.window.sessionStorage.length).toBe(0)
})

test('past 200 events the oldest of low value goes first, and what leads to a sale stays', async () => {
  const { page, tracker } = await makeStarted()
  page.answer = () => status(503, { 'retry-after': '60' })
  tracker.track('purchase', { value: 1 })
  tracker.track('scroll', { percent_scrolled: 25 })
  for (let n = 1; n <= 199; n++) tracker.track('view_item', { n })
  await page.settle()
  page.sent.length = 0
  page.answer = () => Response.json({})
  await page.advance(300_000)
  const names = page.names()
  expect(names).toHaveLength(200)
  expect(names[0]).toBe('purchase')
  expect(names).not.toContain('scroll')
})

test('changed placements of an answer are told to the page, also beside rejected events', async () => {
  const { page, tracker } = await makeStarted()
  const told: unknown[] = []
  page.window.document.addEventListener('attune:changed', (event) => told.push((event as CustomEvent).detail))
  page.answer = () => Response.json({ changed: ['home-hero', 'offer'] }, { status: 400 })
  tracker.track('purchase', { value: 1 })
  await page.settle()
  page.answer = () => Response.json({ changed: [] })
  tracker.track('purchase', { value: 2 })
  await page.settle()
  expect(told).toEqual([{ placements: ['home-hero', 'offer'] }])
})
