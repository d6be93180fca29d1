import { GA4_EVENTS, GA4_SHOP_EVENTS } from '@attune/core/formats'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type DataLayerOptions, followDataLayer } from '../../src/datalayer.ts'
import { makePage } from '../support/make-page.ts'

type Layer = unknown[]
const BOOTS = { item_id: 'boots', price: 129.9, quantity: 1 }

function makeLayer(before: Layer = [], options: DataLayerOptions = {}) {
  const { window } = makePage()
  const page = window as unknown as { dataLayer: Layer }
  page.dataLayer = before
  const heard: [string, object][] = []
  followDataLayer({ window, track: (name, properties) => heard.push([name, properties]), ...options })
  return { window, heard, layer: page.dataLayer, gtag: gtagOf(page.dataLayer) }
}

/** As Google's snippet defines it. */
function gtagOf(layer: Layer): (...call: unknown[]) => void {
  return function gtag() {
    // biome-ignore lint/complexity/noArguments: this is what the snippet pushes
    layer.push(arguments)
  }
}

test('pushes made before the script are heard, in their order, and those after it', () => {
  const before: Layer = []
  gtagOf(before)('event', 'view_item', { currency: 'EUR', value: 129.9, items: [BOOTS] })
  before.push({ event: 'add_to_cart', ecommerce: { currency: 'EUR', value: 129.9, items: [BOOTS] } })
  const { heard, layer, gtag } = makeLayer(before)
  layer.push({ event: 'view_cart', ecommerce: { value: 259.8, items: [BOOTS, BOOTS] } })
  gtag('event', 'purchase', { transaction_id: '7', value: 259.8, items: [BOOTS, BOOTS] })
  const boots = { item_id: 'boots', price: 129.9, quantity: 1 }
  expect(heard).toEqual([
    ['view_item', { currency: 'EUR', value: 129.9, item_count: 1, ...boots }],
    ['add_to_cart', { currency: 'EUR', value: 129.9, item_count: 1, ...boots }],
    ['view_cart', { value: 259.8, item_count: 2, ...boots }],
    ['purchase', { transaction_id: '7', value: 259.8, item_count: 2, ...boots }],
  ])
})

test.each(GA4_EVENTS)('%s of GA4 is heard from gtag() and from a plain push', (name) => {
  const { heard, layer, gtag } = makeLayer()
  gtag('event', name, { value: 5, items: [BOOTS] })
  layer.push(
    GA4_SHOP_EVENTS.includes(name) ? { event: name, ecommerce: { value: 5 } } : { event: name, value: 5 },
  )
  expect(heard).toEqual([
    [name, { value: 5, item_count: 1, ...BOOTS }],
    [name, { value: 5 }],
  ])
})

test('what was shown before stands for an event of shops that shows nothing, until it is taken back', () => {
  const { heard, layer } = makeLayer()
  layer.push({ ecommerce: { items: [BOOTS] } }, { event: 'view_item' }, { event: 'sign_up', method: 'mail' })
  layer.push({ ecommerce: null }, { event: 'view_item' })
  const { price, ...boots } = BOOTS
  expect(heard).toEqual([
    ['view_item', { item_count: 1, ...boots, price, value: 129.9 }],
    ['sign_up', { method: 'mail' }],
    ['view_item', {}],
  ])
})

test('what is not GA4’s is heard by its name only where the page says so, and what the tracker says itself never', () => {
  const pushes = [
    { event: 'newsletter' },
    { event: 'gtm.js', 'gtm.start': 1 },
    { event: 'page_view' },
    { event: 'exposure' },
  ]
  expect(makeLayer(pushes).heard).toEqual([])
  expect(makeLayer(pushes, { events: ['newsletter', 'page_view'] }).heard).toEqual([['newsletter', {}]])
  expect(makeLayer(pushes, { events: ['*'] }).heard).toEqual([['newsletter', {}]])
})

test('how tags are to send, and who the visitor is, is not heard', () => {
  const { heard, layer } = makeLayer()
  layer.push({
    event: 'login',
    method: 'mail',
    eventCallback: () => {},
    eventTimeout: 2000,
    'gtm.uniqueEventId': 7,
    _clear: true,
    send_to: 'G-1',
    email: 'a@b.example',
    user_id: '9',
    user_data: { email: 'a@b.example' },
  })
  expect(heard).toEqual([['login', { method: 'mail' }]])
})

test.each([
  ['a function', () => {}],
  ['null', null],
  ['text', 'view_item'],
  ['an array', ['event', 'view_item']],
  ['a command that is no event', (() => argumentsOf('config', 'G-1'))()],
  ['an event without a name', { event: 7 }],
  ['an object that throws', Object.defineProperty({}, 'event', { enumerable: true, get: () => explode() })],
])('%s is no event, and the next one is heard', (_, entry) => {
  const { heard, layer } = makeLayer([entry])
  layer.push(entry, { event: 'login' })
  expect(heard).toEqual([['login', {}]])
})

test('the data layer stays as it was: same entries, same answer, same listeners, and a tracker that throws harms nobody', () => {
  const others: unknown[] = []
  const before: Layer = [{ event: 'login' }]
  const theirs = (...entries: unknown[]) => {
    others.push(...entries)
    return Array.prototype.push.apply(before, entries)
  }
  before.push = theirs
  const { layer } = makeLayer(before, { track: explode })
  const entry = { event: 'login', ecommerce: { items: [BOOTS] } }
  expect(layer).toBe(before)
  expect(layer.push(entry)).toBe(2)
  expect(others).toEqual([entry])
  expect([...layer]).toEqual([{ event: 'login' }, entry])
  expect(layer[1]).toBe(entry)
})

test('another list is heard by its name, and a page without one gets it', () => {
  const { window } = makePage()
  const heard: string[] = []
  followDataLayer({ window, dataLayer: 'mine', track: (name) => heard.push(name) })
  const page = window as unknown as { mine: Layer }
  page.mine.push({ event: 'login' })
  expect(heard).toEqual(['login'])
})

test('on a server nothing happens', () => {
  expect(() => followDataLayer()).not.toThrow()
})

function argumentsOf(..._call: unknown[]): unknown {
  const layer: Layer = []
  gtagOf(layer)(..._call)
  return layer[0]
}

function explode(): never {
  throw new Error('not ours')
}

beforeEach(() => {
  vi.resetModules()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test('the script tells window.attune, also when that comes later, and takes its tag’s words', async () => {
  const { window } = makePage()
  vi.stubGlobal('window', window)
  vi.stubGlobal('document', window.document)
  const script = window.document.createElement('script')
  Object.assign(script.dataset, { layer: 'mine', events: 'newsletter signup' })
  Object.defineProperty(window.document, 'currentScript', { value: script })
  const page = window as unknown as {
    mine: Layer
    attune?: { q: unknown[]; track: (...call: unknown[]) => void }
  }
  page.mine = [{ event: 'newsletter' }]
  await import('../../src/attune-datalayer.ts')
  page.mine.push({ event: 'login' })
  expect(page.attune?.q).toEqual([
    ['newsletter', {}],
    ['login', {}],
  ])
  const track = vi.fn()
  page.attune!.track = track
  page.mine.push({ event: 'signup' })
  expect(track).toHaveBeenCalledWith('signup', {})
})
