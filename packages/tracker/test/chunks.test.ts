import { expect, test } from 'vitest'
import { chunkBeside } from '../src/chunk/chunk-beside.ts'
import { createTracker } from '../src/index.ts'
import { createWhole, sentOf } from './support/create-tracker.ts'
import { makePage } from './support/make-page.ts'

function granted(html = '', url?: string) {
  const page = makePage(url)
  page.window.document.body.innerHTML = html
  page.consent('statistics')
  return page
}

test('a page with nothing to watch loads one part, and none before consent', async () => {
  const page = makePage()
  const tracker = await createWhole(page)
  await page.advance(60_000)
  expect(tracker.asked).toEqual([])
  page.consent('statistics')
  await page.settle()
  expect(tracker.asked).toEqual(['session'])
})

test.each([
  ['marks', '<p data-attune-event="seen" data-attune-on="view"></p>', ''],
  ['search', '<main data-attune-search="term"></main>', ''],
  ['search', '', '?q=boots'],
  ['search', '', '?page=2&search=boots'],
])('%s is loaded by a page with %s%s', async (name, html, query) => {
  const page = granted(html, `https://shop.test/${query}`)
  expect((await createWhole(page)).asked).toEqual([name, 'session'])
})

test.each(['<form><input></form>', '<video></video>', '<a href="/?q=">x</a>'])(
  '%s alone loads nothing',
  async (html) => {
    const page = granted(html, 'https://shop.test/?q=&faq=1')
    expect((await createWhole(page)).asked).toEqual(['session'])
  },
)

test('a part is loaded when what it watches comes later, once per page view', async () => {
  const page = granted()
  const { asked } = await createWhole(page)
  page.window.document.body.innerHTML = '<p data-attune-event="seen" data-attune-on="view"></p>'
  await page.mutated()
  await page.advance(300)
  page.window.document.body.innerHTML += '<p></p>'
  await page.mutated()
  await page.advance(300)
  expect(asked).toEqual(['session', 'marks'])
  page.window.history.pushState(null, '', '/next')
  await page.settle()
  expect(asked).toEqual(['session', 'marks', 'marks'])
})

test('a part that cannot be had costs what it watches and nothing else', async () => {
  const page = granted('<b id="b" data-attune-click="cta">x</b>')
  const tracker = await createWhole(page, () => Promise.reject(new TypeError('Failed to fetch')))
  page.emit(page.window.document.getElementById('b')!, 'click')
  await tracker.track('purchase', { value: 1 })
  page.window.history.pushState(null, '', '/next')
  await page.advance(1_000)
  expect(page.names()).toEqual(['page_view', 'select_content', 'purchase', 'page_view'])
})

test('a part that comes after its page view has ended watches nothing', async () => {
  const page = granted()
  let come = () => {}
  let watched = 0
  const chunk = { observe: () => watched++ }
  const tracker = await createWhole(page, () => new Promise((done) => (come = () => done(chunk))))
  tracker.consent('none')
  come()
  await page.settle()
  expect(watched).toBe(0)
})

test('the parts of a script lie beside it, under the same version', async () => {
  const load = chunkBeside('data:,no.js/attune.js?v=2')
  await expect(load('video')).rejects.toThrow(/attune-video\.js\?v=2/)
})

test('as a module the parts come by themselves', async () => {
  const page = granted()
  createTracker(page)
  await import('../src/chunk/session.ts')
  await page.mutated()
  expect(await sentOf(page, 'session_start')).toHaveLength(1)
})
