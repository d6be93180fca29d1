import { expect, test } from 'vitest'
import { createTracker as createOnServer, type Tracker } from '../src/index.ts'
import { createTracker } from './support/create-tracker.ts'
import { makePage, type Page, status } from './support/make-page.ts'

function makeStarted(): { page: Page; tracker: Tracker } {
  const page = makePage()
  page.consent('preferences')
  return { page, tracker: createTracker(page) }
}

/** Whether a promise has resolved by now, read at the time of asking. */
function watched(promise: Promise<void>): () => boolean {
  let resolved = false
  promise.then(() => {
    resolved = true
  })
  return () => resolved
}

test('track resolves when the event was acknowledged', async () => {
  const { page, tracker } = makeStarted()
  let finish = (_: Response) => {}
  page.answer = () =>
    new Promise((resolve) => {
      finish = resolve
    })
  const resolved = watched(tracker.track('add_to_cart', { item_id: 'a' }))
  await page.settle()
  expect(resolved()).toBe(false)
  finish(Response.json({}))
  await page.settle()
  expect(resolved()).toBe(true)
})

test('track resolves when this try failed, although the event is sent again later', async () => {
  const { page, tracker } = makeStarted()
  page.answer = () => status(503, { 'retry-after': '60' })
  const first = watched(tracker.track('add_to_cart', { item_id: 'a' }))
  await page.settle()
  expect(first()).toBe(true)
  const second = watched(tracker.track('add_to_cart', { item_id: 'b' }))
  await page.settle()
  expect(second()).toBe(true)
})

test('track resolves after a second whatever happens', async () => {
  const { page, tracker } = makeStarted()
  page.answer = () => new Promise(() => {})
  const resolved = watched(tracker.track('add_to_cart', { item_id: 'a' }))
  await page.advance(999)
  expect(resolved()).toBe(false)
  await page.advance(1)
  expect(resolved()).toBe(true)
})

test('track resolves at once while nobody has answered the question of consent, after a refusal, and at a withdrawal', async () => {
  const page = makePage()
  const tracker = createTracker(page)
  await tracker.track('add_to_cart')
  tracker.consent('none')
  await tracker.track('add_to_cart')
  tracker.consent('all')
  const resolved = watched(tracker.track('view_item'))
  await page.settle()
  expect(resolved()).toBe(false)
  tracker.consent('none')
  await page.settle()
  expect(resolved()).toBe(true)
})

test('only strings, finite numbers and booleans are sent', async () => {
  const { page, tracker } = makeStarted()
  const circular: Record<string, unknown> = {}
  circular.self = circular
  await tracker.track('purchase', {
    text: 'text',
    number: 1.5,
    yes: true,
    no: false,
    empty: '',
    zero: 0,
    nothing: null,
    missing: undefined,
    nan: Number.NaN,
    infinite: Infinity,
    big: 10n,
    date: new Date(0),
    list: [1],
    circular,
    call: () => 1,
    symbol: Symbol('s'),
    boxed: Object('text'),
    get trap() {
      throw new Error('trap')
    },
  })
  expect(page.sent[0]?.body.events[1]?.properties).toEqual({
    text: 'text',
    number: 1.5,
    yes: true,
    no: false,
    empty: '',
    zero: 0,
  })
})

test('properties are those of the call, whatever the page does with its object afterwards', async () => {
  const { page, tracker } = makeStarted()
  const properties = { item_id: 'a' }
  tracker.track('view_item', properties)
  properties.item_id = 'b'
  await page.advance(1_000)
  expect(page.sent[0]?.body.events[1]?.properties).toEqual({ item_id: 'a' })
})

test('a key named __proto__ poisons nothing', async () => {
  const { page, tracker } = makeStarted()
  await tracker.track(
    'purchase',
    JSON.parse('{"__proto__": {"admin": true}, "constructor": "c", "value": 1}'),
  )
  expect(page.sent[0]?.body.events[1]?.properties).toEqual({ constructor: 'c', value: 1 })
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

test('no argument makes track throw or reject', async () => {
  const { page, tracker } = makeStarted()
  const angry = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no keys')
      },
    },
  )
  const names: unknown[] = [undefined, null, '', 0, {}, [], Symbol('s'), angry, () => {}]
  for (const name of names) await tracker.track(name as string, angry)
  const properties: unknown[] = [null, undefined, 5, 'text', [], angry, Object.create(null)]
  for (const value of properties) tracker.track('view_item', value as object)
  await page.advance(1_000)
  expect(page.names()).toEqual(['page_view', ...properties.map(() => 'view_item')])
})

test('a page that breaks fetch and the beacon still gets no error', async () => {
  const { page, tracker } = makeStarted()
  Object.defineProperty(page.window, 'fetch', { value: undefined })
  Object.defineProperty(page.window.navigator, 'sendBeacon', { value: undefined })
  await tracker.track('purchase', { value: 1 })
  page.hide()
  await page.advance(5_000)
  expect(page.sent).toEqual([])
})

test('on a server the tracker does nothing', async () => {
  const tracker = createOnServer()
  await tracker.track('purchase')
  expect(tracker.consent('all')).toBeUndefined()
})
