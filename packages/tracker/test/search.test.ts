import { expect, test } from 'vitest'
import { redact } from '../src/redact.ts'
import { createWhole, sentOf } from './support/create-tracker.ts'
import { makePage, type Page } from './support/make-page.ts'

async function makeStarted(query: string, html = ''): Promise<Page> {
  const page = makePage(`https://shop.test/find${query}`)
  page.window.document.body.innerHTML = html
  Object.defineProperty(page.window, 'navigation', { value: new page.window.EventTarget() })
  page.consent('preferences')
  await createWhole(page)
  return page
}

test.each([
  ['?q=trail+boots', '', 'trail boots'],
  ['?search=%20tent%20', '', 'tent'],
  ['?s=a&q=b', '', 'b'],
  ['?find=tent&q=x', '<main data-attune-search="term find"></main>', 'tent'],
  ['?q=jo.doe@mail.test', '', '[email]'],
])('%s%s is a search for "%s"', async (query, html, term) => {
  expect(await sentOf(await makeStarted(query, html), 'view_search_results')).toEqual([{ search_term: term }])
})

test('a page without a term is no search', async () => {
  const page = await makeStarted('?q=&x=boots', '<main data-attune-search=""></main>')
  expect(await sentOf(page, 'view_search_results')).toEqual([])
})

test('another search on the same page is recorded once it has settled, the same one is not', async () => {
  const page = await makeStarted('?q=tent')
  const { navigation } = page.window as unknown as { navigation: EventTarget }
  for (const term of ['b', 'bo', 'boots', 'boots']) {
    page.window.history.replaceState(null, '', `?q=${term}`)
    page.emit(navigation, 'currententrychange')
    await page.advance(200)
  }
  await page.advance(1_000)
  expect(await sentOf(page, 'view_search_results')).toEqual([
    { search_term: 'tent' },
    { search_term: 'boots' },
  ])
})

test.each([
  ['call +44 20 7946 0958 now', 'call [number] now'],
  ['+1 (555) 123-4567', '[number]'],
  ['4111 1111 1111 1111', '[number]'],
  ['4111-1111-1111-1111', '[number]'],
  ['０２０ ７９４６ ０９５８', '[number]'],
  ['٠٢٠٧٩٤٦٠٩٥٨', '[number]'],
  ['jo＠mail.test boots', '[email] boots'],
  ['“jo@mail', '[email]'],
  ['iphone 15 pro 256', 'iphone 15 pro 256'],
  ['tent 2000-3000', 'tent 2000-3000'],
  ['@handle', '@handle'],
])('of %s is kept %s', (text, kept) => {
  expect(redact(text)).toBe(kept)
})

test('a text made to be slow to read is read at once, and cut', () => {
  for (const part of ['a', '1 ', '+1', '(', 'a@', '1.']) {
    expect(redact(part.repeat(100_000)).length).toBeLessThanOrEqual(100)
  }
})
