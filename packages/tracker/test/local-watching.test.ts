import { evaluateSegments, type Ruleset } from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { createLocalTracker } from '../src/local.ts'
import { makePage, type Page } from './support/make-page.ts'

/** Starts a tracker that keeps the profile in the browser; answers whether the visitor is in a segment. */
function start(
  page: Page,
  named: Pick<Ruleset, 'events' | 'segments'>,
): (key: string) => boolean | null | undefined {
  const compiled = compileDocument({ version: 1, revision: 'r', ...named })
  const tracker = createLocalTracker({ compiled, environment: page.environment })
  return (key) => {
    const visitor = tracker.visitor()
    return visitor && evaluateSegments(compiled, visitor, [key])[key]?.match
  }
}

function makeGrantedPage(html = ''): Page {
  const page = makePage()
  page.consent('preferences')
  page.window.document.body.innerHTML = html
  return page
}

test('how far a page is scrolled is heard without any other script', async () => {
  const page = makeGrantedPage()
  const matches = start(page, {
    events: { scroll: { properties: { percent_scrolled: 'number' } } },
    segments: {
      deep: { when: { count: 'scroll', where: { percent_scrolled: { atLeast: 75 } }, atLeast: 1 } },
    },
  })
  await page.advance(2_000)
  expect(matches('deep')).toBeUndefined()
  Object.defineProperty(page.window, 'innerHeight', { value: 1_600 })
  Object.defineProperty(page.window.document.documentElement, 'scrollHeight', { value: 2_000 })
  page.emit(page.window.document, 'scroll')
  await page.advance(2_000)
  expect(matches('deep')).toBe(true)
})

test('a placement that was seen, and time that was spent, are heard once without any other script', async () => {
  const page = makeGrantedPage('<p id="hero" data-attune-placement="hero"></p>')
  const matches = start(page, {
    events: { user_engagement: {} },
    segments: {
      seen: { when: { count: 'exposure', exactly: 1 } },
      stayed: { when: { count: 'user_engagement', exactly: 1 } },
    },
  })
  await page.settle()
  page.scrollIntoView(page.window.document.getElementById('hero')!, 1)
  await page.advance(3_000)
  page.hide()
  await page.advance(2_000)
  expect([matches('seen'), matches('stayed')]).toEqual([true, true])
})
