import { evaluateSegments } from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import { compileDocument } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { createLocalTracker, type LocalTracker, type LocalVisitor } from '../src/local.ts'
import { makePage, type Page } from './support/make-page.ts'

const DOCUMENT = {
  version: 1,
  revision: 'local.1',
  events: { view_item: { properties: { item_id: 'string' } }, purchase: {} },
  segments: {
    keen: { when: { count: 'view_item', within: '7d', atLeast: 2 } },
    phone: { when: { attr: 'device.type', is: 'mobile' } },
  },
}

function compile(document: object = DOCUMENT) {
  const parsed = parseRuleset(document)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return compileDocument(parsed.value)
}

function start(page: Page, options: { collector?: string; document?: object } = {}) {
  const compiled = compile(options.document)
  const heard: (LocalVisitor | undefined)[] = []
  const tracker = createLocalTracker({
    compiled,
    collector: options.collector,
    environment: page.environment,
    onChange: (visitor) => heard.push(visitor),
  })
  const matches = (key: string): boolean | null | undefined => {
    const visitor = tracker.visitor()
    return visitor && evaluateSegments(compiled, visitor, [key])[key]?.match
  }
  return { tracker, heard, matches }
}

async function view(page: Page, tracker: LocalTracker, times: number): Promise<void> {
  for (let at = 0; at < times; at++) void tracker.track('view_item', { item_id: `i${at}`, secret: 'no' })
  await page.advance(2_000)
}

const kept = (page: Page): string | null => page.window.localStorage.getItem('attune_profile')

test('what the visitor does is folded in the browser, and nothing is sent', async () => {
  const page = makePage()
  page.consent('preferences')
  const { tracker, matches } = start(page)
  await view(page, tracker, 1)
  expect(matches('keen')).toBe(false)
  await view(page, tracker, 1)
  expect(matches('keen')).toBe(true)
  expect(page.sent).toEqual([])
})

test('the next page knows it, also when the page before ended at once', async () => {
  const page = makePage()
  page.consent('preferences')
  const { tracker } = start(page)
  void tracker.track('view_item', { item_id: 'a' })
  void tracker.track('view_item', { item_id: 'b' })
  page.emit(page.window, 'pagehide')
  expect(start(page).matches('keen')).toBe(true)
})

test('nothing is kept before consent to preferences', async () => {
  const page = makePage()
  const { tracker, matches } = start(page)
  await view(page, tracker, 3)
  expect(kept(page)).toBeNull()
  page.consent('statistics')
  await view(page, tracker, 3)
  expect(kept(page)).toBeNull()
  expect(matches('keen')).toBeUndefined()
})

test('a consent that is withdrawn takes everything along at once', async () => {
  const page = makePage()
  page.consent('preferences')
  const { tracker, heard } = start(page)
  await view(page, tracker, 3)
  expect(kept(page)).not.toBeNull()
  page.consent('none')
  expect(kept(page)).toBeNull()
  expect(heard.at(-1)).toBeUndefined()
})

test('what an earlier page kept goes when its consent is gone by now', async () => {
  const page = makePage()
  page.consent('preferences')
  await view(page, start(page).tracker, 3)
  page.window.document.cookie = 'attune_consent=none; Path=/'
  start(page)
  expect(kept(page)).toBeNull()
})

test('undeclared events and properties are not kept', async () => {
  const page = makePage()
  page.consent('preferences')
  const { tracker } = start(page)
  void tracker.track('whisper', { text: 'no' })
  await view(page, tracker, 1)
  expect(kept(page)).toContain('i0')
  expect(kept(page)).not.toContain('no"')
  expect(kept(page)).not.toContain('whisper')
})

test('a batch that is sent twice counts once', async () => {
  const page = makePage()
  page.consent('preferences')
  const { tracker, matches } = start(page, { collector: '/collect' })
  page.answer = () => new Response('', { status: 503 })
  void tracker.track('view_item', { item_id: 'a' })
  await page.advance(600_000)
  expect(page.sent.length).toBeGreaterThan(1)
  expect(matches('keen')).toBe(false)
})

test('with a collector the events go on to it, and are kept here as well', async () => {
  const page = makePage()
  page.consent('preferences')
  const { tracker, matches } = start(page, { collector: '/collect' })
  await view(page, tracker, 2)
  expect(page.names().filter((name) => name === 'view_item')).toHaveLength(2)
  expect(matches('keen')).toBe(true)
})

test('a new ruleset fills its signals from the events that are kept', async () => {
  const page = makePage()
  page.consent('preferences')
  await view(page, start(page).tracker, 3)
  const document = {
    ...DOCUMENT,
    segments: { fan: { when: { distinct: 'view_item', of: 'item_id', within: '1d', atLeast: 3 } } },
  }
  expect(start(page, { document }).matches('fan')).toBe(true)
})

test('a storage that is damaged or full costs the memory, not the page', async () => {
  const page = makePage()
  page.consent('preferences')
  page.window.localStorage.setItem('attune_profile', '[1,"x",{"plan":{}},')
  const { tracker, matches } = start(page)
  await view(page, tracker, 2)
  expect(matches('keen')).toBe(true)
  page.window.localStorage.setItem('attune_profile', '[1,"x",{"plan":{"keys":[]}},[]]')
  expect(start(page).matches('keen')).toBeUndefined()
})
