import { Window as HappyWindow } from 'happy-dom'
import { beforeEach, expect, test } from 'vitest'
import { fetchFragments } from '../../src/front/fragments.ts'

const SHARED =
  '<attune-placement data-fragment="7.hero.sig" data-bits="0,2"><p>Default</p></attune-placement>'
const OWN =
  '<attune-placement data-fragment="7.offer.gis" data-bits="1" data-own><p>Nothing</p></attune-placement>'
const HERO = { '7.hero': { variant: 'keen', html: '<p>Hero</p>' } }
const OFFER = { '7.offer': { variant: 'vip', html: '<p>Offer</p>' } }

let window: Window & typeof globalThis
let asked: [address: string, init: RequestInit | undefined][]

beforeEach(() => {
  asked = []
  // happy-dom describes the same objects with types of its own.
  window = new HappyWindow({ url: 'https://site.test/' }) as unknown as Window & typeof globalThis
})

async function fetchOn(
  html: string,
  hasCookies: boolean,
  answer: (address: string) => Response,
): Promise<readonly (string | null)[]> {
  window.document.body.innerHTML = html
  window.fetch = async (address, init) => {
    asked.push([String(address), init])
    return answer(String(address))
  }
  const keyOf = (bits: ReadonlySet<number>): string => [...bits].join('-')
  await fetchFragments(window, { address: '/fragments', keyOf, hasCookies, session: '1.2.3.4' })
  return [...window.document.querySelectorAll('p')].map(({ textContent }) => textContent)
}

const answerBoth = (address: string): Response => Response.json(address.includes('offer') ? OFFER : HERO)

test('what is shared is asked for by its key and without cookies, what is the visitor’s own with cookies, with the session as the page found it, and without a key', async () => {
  expect(await fetchOn(SHARED + OWN, true, answerBoth)).toEqual(['Hero', 'Offer'])
  expect(asked).toEqual([
    ['https://site.test/fragments?f=7.hero.sig&k=0-2', { credentials: 'omit' }],
    [
      'https://site.test/fragments?f=7.offer.gis',
      { credentials: 'same-origin', headers: { 'attune-session': '1.2.3.4' } },
    ],
  ])
})

test('where nobody has such cookies, nothing is asked for by them, and the default stays', async () => {
  expect(await fetchOn(SHARED + OWN, false, answerBoth)).toEqual(['Hero', 'Nothing'])
  expect(asked.map(([address]) => address)).toEqual(['https://site.test/fragments?f=7.hero.sig&k=0-2'])
})

test.each([
  ['refused', () => new Response('', { status: 403 })],
  ['no JSON', () => new Response('<html>')],
])('an answer that is %s keeps nothing from the other', async (_, refuse) => {
  const answer = (address: string): Response => (address.includes('hero') ? refuse() : Response.json(OFFER))
  expect(await fetchOn(SHARED + OWN, true, answer)).toEqual(['Default', 'Offer'])
})

test('a page that waits for nothing asks for nothing', async () => {
  await fetchOn('<p>Text</p>', true, answerBoth)
  expect(asked).toEqual([])
})
