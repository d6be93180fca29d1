import type { PublishedRuleset } from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import { publishRuleset } from '@attune/core/publish'
import { Window as HappyWindow } from 'happy-dom'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startPage } from '../../src/front/start-page.ts'

const HASH = '3fa1c2aaaaaaaaaa'
const KEYS = ['keen', 'never']

let window: Window & typeof globalThis
let asked: string[]

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) })
  asked = []
  // happy-dom describes the same objects with types of its own.
  window = new HappyWindow({ url: 'https://site.test/' }) as unknown as Window & typeof globalThis
  vi.stubGlobal('window', window)
  vi.stubGlobal('document', window.document)
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function publish(more: object = {}): PublishedRuleset {
  const parsed = parseRuleset({
    version: 1,
    revision: 'page.1',
    events: { view_item: { properties: { item_id: 'string' } }, add_to_cart: {} },
    segments: {
      keen: { when: { count: 'view_item', within: '1d', atLeast: 1 } },
      never: { when: { count: 'add_to_cart', atLeast: 9 } },
    },
    ...more,
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return publishRuleset(parsed.value, { document: false })
}

function makePage({
  events = [] as object[],
  html = '',
  fragments = {} as object,
  ruleset = {} as object,
} = {}): void {
  const config = {
    hash: HASH,
    keys: KEYS,
    ruleset: '/wp-json/attune/v1/ruleset?for=browser&v=3fa1c2',
    fragments: '/wp-json/attune/v1/fragments',
    collector: '',
    consentApi: false,
    events,
  }
  window.document.body.innerHTML = `<script type="application/json" id="attune-config">${JSON.stringify(config)}</script>${html}`
  window.fetch = async (address) => {
    asked.push(String(address))
    return String(address).includes('fragments')
      ? Response.json(fragments)
      : Response.json({ hash: HASH, keys: KEYS, ruleset: publish(ruleset) })
  }
}

const consent = (value: string): void => {
  window.document.cookie = `attune_consent=${value}; Path=/`
}

const seen = { name: 'view_item', properties: { item_id: 'a' } }
// The tracker waits a second for company, and for the title.
const settle = () => vi.advanceTimersByTimeAsync(2_000)

test('a page of an earlier ruleset, with a segment that is gone, works out what the later one has', async () => {
  consent('preferences')
  makePage({ events: [seen] })
  const config = window.document.getElementById('attune-config')!
  config.textContent = config.textContent.replace(HASH, '000000bbbbbbbbbb').replace('"never"', '"gone"')
  await startPage(window)
  await settle()
  expect(JSON.parse(window.localStorage.attune_known)).toMatchObject({
    h: '3fa1c2',
    s: [[true, expect.any(Number), false, expect.any(Number)], expect.any(Array)],
  })
  expect(window.document.cookie).toMatch(/attune_k=v1\.3fa1c2\./)
})

test('what the page tells is known to the next page, in storage and in the key', async () => {
  consent('preferences')
  makePage({ events: [seen] })
  await startPage(window)
  await settle()
  const known = JSON.parse(window.localStorage.getItem('attune_known') ?? 'null')
  expect(known.h).toBe('3fa1c2')
  expect(known.s.map(([truth]: readonly unknown[]) => truth)).toEqual([true, false])
  expect(window.document.cookie).toContain('attune_k=v1.3fa1c2.AQAAAAIAAAA')
})

test('without consent nothing is kept and no fragment is fetched', async () => {
  makePage({
    events: [seen],
    html: '<attune-placement data-fragment="7.hero.sig">Default</attune-placement>',
  })
  await startPage(window)
  await settle()
  expect(window.localStorage.length).toBe(0)
  expect(window.document.cookie).toBe('')
  expect(asked.filter((address) => address.includes('fragments'))).toEqual([])
})

test('a consent that was taken back takes key and knowledge along', async () => {
  consent('preferences')
  makePage({ events: [seen] })
  await startPage(window)
  await settle()
  consent('none')
  window.document.dispatchEvent(new window.CustomEvent('attune:consent'))
  expect(window.localStorage.length).toBe(0)
  expect(window.document.cookie).toBe('attune_consent=none')
})

test('a purchase counts once, however often its page is looked at', async () => {
  const bought = { name: 'purchase', properties: { transaction_id: '71', value: 20 } }
  const ruleset = { events: { purchase: { properties: { transaction_id: 'string' } } }, segments: {} }
  consent('preferences')
  for (let look = 0; look < 3; look++) {
    makePage({ events: [bought], ruleset })
    await startPage(window)
    await settle()
  }
  expect(window.localStorage.getItem('attune_profile')?.match(/"name":"purchase"/g)).toHaveLength(1)
})

test('who is held out sees defaults: nothing is worked out, and no fragment is fetched', async () => {
  consent('preferences')
  const ruleset = { holdout: { share: 1, salt: '2026q4' } }
  makePage({ events: [seen], ruleset })
  await startPage(window)
  await settle()
  makePage({ html: '<attune-placement data-fragment="7.hero.sig">Default</attune-placement>', ruleset })
  await startPage(window)
  await settle()
  expect(window.localStorage.getItem('attune_profile')).not.toBeNull()
  expect(JSON.parse(window.localStorage.getItem('attune_known')!)).toEqual({
    h: '3fa1c2',
    u: '',
    s: [],
    o: true,
  })
  expect(window.document.cookie).toBe('attune_consent=preferences')
  expect(asked.filter((address) => address.includes('fragments'))).toEqual([])
})

test('fragments are asked for at once, by the bits they need, and shown', async () => {
  consent('preferences')
  makePage({ events: [seen] })
  await startPage(window)
  await settle()
  makePage({
    html: '<attune-placement data-fragment="7.hero.sig" data-bits="1"><p>Default</p></attune-placement>',
    fragments: { '7.hero': { variant: 'offer', html: '<p>Offer</p>' } },
  })
  await startPage(window)
  await settle()
  const fragments = asked.filter((address) => address.includes('fragments'))
  expect(fragments).toEqual([
    'https://site.test/wp-json/attune/v1/fragments?f=7.hero.sig&k=v1.3fa1c2.AAAAAAIAAAA',
  ])
  const shown = window.document.querySelector('attune-placement p')
  expect(shown?.textContent).toBe('Offer')
  expect(shown?.getAttribute('data-attune-variant')).toBe('offer')
})

test('without a collector nobody has signed cookies: what is decided by them is not asked for', async () => {
  consent('preferences')
  makePage({ events: [seen] })
  await startPage(window)
  await settle()
  makePage({
    html: '<attune-placement data-fragment="7.offer.sig" data-bits="" data-own>Default</attune-placement>',
  })
  await startPage(window)
  await settle()
  expect(asked.filter((address) => address.includes('fragments'))).toEqual([])
})

test.each([
  ['is not there', () => new Response('', { status: 404 })],
  ['is not JSON', () => new Response('<html>')],
  ['is no ruleset', () => Response.json({ ruleset: { published: 99 } })],
])('a ruleset that %s leaves the page as it is', async (_claim, answer) => {
  consent('preferences')
  makePage({ events: [seen] })
  window.fetch = async () => answer()
  await startPage(window)
  await settle()
  expect(window.localStorage.length).toBe(0)
})

test('values that the browser knows take the place of their fallback', async () => {
  consent('preferences')
  makePage({ events: [seen] })
  await startPage(window)
  await settle()
  const value = (key: string) => `<span class="attune-value" data-attune-key="${key}">fallback</span>`
  makePage({ html: value('url.host') + value('geo.city') + value('constructor.name') })
  await startPage(window)
  const texts = [...window.document.querySelectorAll('.attune-value')].map(({ textContent }) => textContent)
  expect(texts).toEqual(['site.test', 'fallback', 'fallback'])
})
