import { expect, test } from 'vitest'
import { startPage } from '../../src/front/start-page.ts'
import { HASH, openFront, SEEN } from './support/front.ts'

const front = openFront()

test('a page of an earlier ruleset, with a segment that is gone, works out what the later one has', async () => {
  front.consent('preferences')
  front.makePage({ events: [SEEN] })
  const config = front.window.document.getElementById('attune-config')!
  config.textContent = config.textContent.replace(HASH, '000000bbbbbbbbbb').replace('"never"', '"gone"')
  await startPage(front.window)
  await front.settle()
  expect(JSON.parse(front.window.localStorage.attune_known)).toMatchObject({
    h: '3fa1c2',
    s: [[true, expect.any(Number), false, expect.any(Number)], expect.any(Array)],
  })
  expect(front.window.document.cookie).toMatch(/attune_k=v1\.3fa1c2\./)
})

test('what the page tells is known to the next page, in storage and in the key', async () => {
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  const known = JSON.parse(front.window.localStorage.getItem('attune_known') ?? 'null')
  expect(known.h).toBe('3fa1c2')
  expect(known.s.map(([truth]: readonly unknown[]) => truth)).toEqual([true, false])
  expect(front.window.document.cookie).toContain('attune_k=v1.3fa1c2.AQAAAAIAAAA')
})

test('without consent nothing is kept and no fragment is fetched', async () => {
  await front.look({
    events: [SEEN],
    html: '<attune-placement data-fragment="7.hero.sig">Default</attune-placement>',
  })
  expect(front.window.localStorage.length).toBe(0)
  expect(front.window.document.cookie).toBe('')
  expect(front.asked.filter((address) => address.includes('fragments'))).toEqual([])
})

test('a consent that was taken back takes key and knowledge along', async () => {
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  front.say('none')
  expect(front.window.localStorage.length).toBe(0)
  expect(front.window.document.cookie).toBe('attune_consent=none')
})

test('a purchase counts once, however often its page is looked at', async () => {
  const bought = { name: 'purchase', properties: { transaction_id: '71', value: 20 } }
  const ruleset = { events: { purchase: { properties: { transaction_id: 'string' } } }, segments: {} }
  front.consent('preferences')
  for (let look = 0; look < 3; look++) {
    await front.look({ events: [bought], ruleset })
  }
  expect(front.window.localStorage.getItem('attune_profile')?.match(/"name":"purchase"/g)).toHaveLength(1)
})

test('who is held out sees defaults: nothing is worked out, and no fragment is fetched', async () => {
  front.consent('preferences')
  const ruleset = { holdout: { share: 1, salt: '2026q4' } }
  await front.look({ events: [SEEN], ruleset })
  await front.look({
    html: '<attune-placement data-fragment="7.hero.sig">Default</attune-placement>',
    ruleset,
  })
  expect(front.window.localStorage.getItem('attune_profile')).not.toBeNull()
  expect(JSON.parse(front.window.localStorage.getItem('attune_known')!)).toEqual({
    h: '3fa1c2',
    u: '',
    s: [],
    o: true,
  })
  expect(front.window.document.cookie).not.toContain('attune_k=')
  expect(front.asked.filter((address) => address.includes('fragments'))).toEqual([])
})

test('fragments are asked for at once, by the bits they need, and shown', async () => {
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  await front.look({
    html: '<attune-placement data-fragment="7.hero.sig" data-bits="1"><p>Default</p></attune-placement>',
    fragments: { '7.hero': { variant: 'offer', html: '<p>Offer</p>' } },
  })
  const fragments = front.asked.filter((address) => address.includes('fragments'))
  expect(fragments).toEqual([
    'https://site.test/wp-json/attune/v1/fragments?f=7.hero.sig&k=v1.3fa1c2.AAAAAAIAAAA',
  ])
  const shown = front.window.document.querySelector('attune-placement p')
  expect(shown?.textContent).toBe('Offer')
  expect(shown?.getAttribute('data-attune-variant')).toBe('offer')
})

test('without a collector nobody has signed cookies: what is decided by them is not asked for', async () => {
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  await front.look({
    html: '<attune-placement data-fragment="7.offer.sig" data-bits="" data-own>Default</attune-placement>',
  })
  expect(front.asked.filter((address) => address.includes('fragments'))).toEqual([])
})

test.each([
  ['is not there', () => new Response('', { status: 404 })],
  ['is not JSON', () => new Response('<html>')],
  ['is no ruleset', () => Response.json({ ruleset: { published: 99 } })],
])('a ruleset that %s leaves the page as it is', async (_claim, answer) => {
  front.consent('preferences')
  front.makePage({ events: [SEEN] })
  front.window.fetch = async () => answer()
  await startPage(front.window)
  await front.settle()
  expect(front.window.localStorage.length).toBe(0)
})

test('values that the browser knows take the place of their fallback', async () => {
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  const value = (key: string) => `<span class="attune-value" data-attune-key="${key}">fallback</span>`
  front.makePage({ html: value('url.host') + value('geo.city') + value('constructor.name') })
  await startPage(front.window)
  const texts = [...window.document.querySelectorAll('.attune-value')].map(({ textContent }) => textContent)
  expect(texts).toEqual(['site.test', 'fallback', 'fallback'])
})

test('a page tells traits that conditions look at, and none where there are none', async () => {
  const attune = () =>
    (front.window as unknown as { attune: { identify?: (traits: object) => unknown } }).attune
  front.consent('preferences')
  await front.look()
  expect(attune().identify).toBeUndefined()
  const traits = { newsletter: { type: 'boolean' }, tier: { type: 'string', sources: { crm: 1 } } }
  await front.look({ traits })
  void attune().identify!({ newsletter: true, tier: 'gold', other: 'x' })
  await front.settle()
  const [, , history] = JSON.parse(front.window.localStorage.getItem('attune_profile')!)
  expect(history.profile.traits).toEqual({ newsletter: true })
})
