import { compileDocument } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { createLocalTracker, type LocalTracker } from '../src/local.ts'
import { makePage, type Page } from './support/make-page.ts'

function start(page: Page): LocalTracker {
  const compiled = compileDocument({ version: 1, revision: 'r', events: { page_view: {} }, segments: {} })
  return createLocalTracker({ compiled, environment: page.environment })
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

test('without one there is none in it', async () => {
  expect(start(await makeVisited()).visitor()?.context).not.toHaveProperty('session')
})
