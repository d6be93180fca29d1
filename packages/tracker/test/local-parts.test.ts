import { compileDocument } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { localParts } from '../src/local/local-parts.ts'
import { createLocalTracker } from '../src/local.ts'
import { makePage } from './support/make-page.ts'

const compile = (events: object) =>
  compileDocument({ version: 1, revision: 'r', events: { page_view: {}, ...events }, segments: {} })

test('a session begins, and marks and placements are heard, without any other script', async () => {
  const page = makePage()
  page.consent('preferences')
  page.window.document.body.innerHTML = '<button data-attune-event="wish" data-attune-on="click">x</button>'
  const compiled = compile({ wish: {}, session_start: {} })
  createLocalTracker({ compiled, environment: page.environment })
  await page.settle()
  page.emit(page.window.document.querySelector('button')!, 'click')
  await page.advance(2_000)
  const kept = page.window.localStorage.getItem('attune_profile') ?? ''
  expect(kept.match(/"name":"(?:wish|session_start)"/g)?.sort()).toEqual([
    '"name":"session_start"',
    '"name":"wish"',
  ])
  expect(page.window.document.cookie).toMatch(/attune_session=1\.1\./)
})

test('a page that says data-attune-session="off" keeps none', async () => {
  const page = makePage()
  page.consent('preferences')
  page.window.document.body.innerHTML = '<i data-attune-session="off"></i>'
  createLocalTracker({ compiled: compile({}), environment: page.environment })
  await page.advance(2_000)
  expect(page.window.document.cookie).not.toContain('attune_session')
})

test('forms, searches and videos are watched where the ruleset knows them, or a collector hears of them', async () => {
  const { window } = makePage()
  const compiled = compile({ form_submit: {} })
  // Nothing lies there: a part that is asked for fails.
  const script = 'data:text/javascript,throw 1//attune.js'
  const outcome = async (name: 'forms' | 'search' | 'video' | 'live', isHeard: boolean): Promise<string> =>
    localParts({ compiled, script, isHeard, isKeeping: () => true, window })(name).then(
      () => 'left out',
      () => 'asked for',
    )
  const names = ['forms', 'search', 'video', 'live'] as const
  expect(await Promise.all(names.map((name) => outcome(name, false)))).toEqual([
    'asked for',
    'left out',
    'left out',
    'left out',
  ])
  expect(await Promise.all(names.map((name) => outcome(name, true)))).toEqual([
    'asked for',
    'asked for',
    'asked for',
    'left out',
  ])
})

test('what Do Not Track says is obeyed where the site says so, and taken for nothing otherwise', async () => {
  const cookieOf = async (doNotTrack: 'ignore' | 'obey'): Promise<readonly [string | null, boolean]> => {
    const page = makePage()
    Object.defineProperty(page.window.navigator, 'doNotTrack', { value: '1' })
    page.consent('preferences')
    const tracker = createLocalTracker({ compiled: compile({}), doNotTrack, environment: page.environment })
    await page.advance(2_000)
    return [page.window.localStorage.getItem('attune_profile'), tracker.granted().preferences === true]
  }
  expect(await cookieOf('obey')).toEqual([null, false])
  expect(await cookieOf('ignore')).toEqual([expect.any(String), true])
})
