import { compileDocument } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { createLocalTracker, type LocalTracker } from '../src/local.ts'
import { makePage, type Page } from './support/make-page.ts'

function start(page: Page, collector?: string): LocalTracker {
  const compiled = compileDocument({ version: 1, revision: 'r', events: { page_view: {} }, segments: {} })
  return createLocalTracker({ compiled, collector, environment: page.environment })
}

async function makeVisited(): Promise<Page> {
  const page = makePage()
  page.consent('preferences')
  start(page)
  await page.advance(2_000)
  return page
}

test('the session that the tracker keeps is in the context of who is asked about', async () => {
  const page = await makeVisited()
  const seconds = page.now() / 1_000
  page.window.document.cookie = `attune_session=2.3.${seconds - 90}.${seconds}; Path=/`
  expect(start(page).visitor()?.context.session).toEqual({ number: 2, pageViews: 3, seconds: 90 })
})

test.each([
  [undefined, false],
  ['/attune/collect', true],
])(
  'with statistics alone sessions are counted where a collector hears of them: %s',
  async (collector, isCounted) => {
    const page = makePage()
    const cookie = () => page.window.document.cookie
    page.consent('preferences.statistics')
    start(page, collector)
    await page.advance(2_000)
    expect(cookie()).toContain('attune_session')
    page.consent('statistics')
    page.window.document.dispatchEvent(new page.window.CustomEvent('attune:consent'))
    start(page, collector)
    await page.advance(2_000)
    const kept = page.window.localStorage.getItem('attune_touches')
    expect([cookie().includes('attune_session'), kept !== null]).toEqual([isCounted, isCounted])
  },
)

test('without one there is none in it', async () => {
  const page = await makeVisited()
  page.window.document.cookie = 'attune_session=; Path=/; Max-Age=-1'
  expect(start(page).visitor()?.context).not.toHaveProperty('session')
})
