import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTracker } from './support/create-tracker.ts'
import { makePage, type Page, type SentBody } from './support/make-page.ts'

const server = setupServer()
beforeAll(() => server.listen())
afterAll(() => server.close())

/** A page whose requests take the real way through fetch. */
function makeNetworkPage(): Page {
  const page = makePage()
  Object.defineProperty(page.window, 'fetch', {
    value: (url: string, init: RequestInit) => fetch(new URL(url, page.window.location.href), init),
  })
  page.consent('preferences')
  return page
}

test('an event gets through a lost connection and a 503 to its answer, with the same id each time', async () => {
  const requests: string[][] = []
  const answers = [
    () => HttpResponse.error(),
    () => new HttpResponse(null, { status: 503, headers: { 'Retry-After': '2' } }),
    () => HttpResponse.json({ accepted: 3, duplicates: 0, rejected: [], changed: ['offer'] }),
    () => HttpResponse.json({ accepted: 1, duplicates: 0, rejected: [] }),
  ]
  server.use(
    http.post('https://shop.test/attune/collect', async ({ request }) => {
      expect(request.headers.get('content-type')).toBe('application/json')
      const { events } = (await request.json()) as SentBody
      requests.push(events.map(({ id, name }) => `${name} ${id}`))
      return answers.shift()?.() ?? new HttpResponse(null, { status: 500 })
    }),
  )
  const page = makeNetworkPage()
  const changed: unknown[] = []
  page.window.document.addEventListener('attune:changed', (event) => {
    changed.push((event as CustomEvent).detail)
  })
  const tracker = createTracker(page)

  // Each promise resolves with the answer to the request under way; the page's clock stands still meanwhile.
  await tracker.track('add_to_cart', { item_id: 'a' })
  // Half of up to a second, by chance, then more happens.
  await page.advance(501)
  await tracker.track('begin_checkout')
  // Once and a half the 2 s that were asked for, and half of up to two of ours.
  await page.advance(4_001)
  await tracker.track('purchase', { value: 1 })
  await tracker.track('purchase', { value: 2 })

  const [first, second, third, fourth] = requests
  expect(first?.map((event) => event.split(' ')[0])).toEqual(['page_view', 'add_to_cart'])
  expect(second?.slice(0, 2)).toEqual(first)
  expect(second?.[2]).toMatch(/^begin_checkout /)
  expect(third?.slice(0, 3)).toEqual(second)
  expect(third?.[3]).toMatch(/^purchase /)
  expect(fourth?.map((event) => event.split(' ')[0])).toEqual(['purchase'])
  expect(changed).toEqual([{ placements: ['offer'] }])
  expect(page.window.sessionStorage.length).toBe(0)
})
