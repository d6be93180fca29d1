import { evaluateSegments } from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import { compileDocument } from '@attune/core/publish'
import { describe, expect, test } from 'vitest'
import { createLocalTracker, type LocalOptions, type LocalTracker, type LocalVisitor } from '../src/local.ts'
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

type Options = Pick<LocalOptions, 'collector' | 'unasked' | 'scope'> & { readonly document?: object }

function start(page: Page, options: Options = {}) {
  const compiled = compile(options.document)
  const heard: (LocalVisitor | undefined)[] = []
  const tracker = createLocalTracker({
    ...options,
    compiled,
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

test('traits that a page tells are kept in the browser, those that are declared and whose purpose is granted', async () => {
  const page = makePage()
  page.consent('preferences')
  const traits = {
    sports: { type: 'list' },
    newsletter: { type: 'boolean' },
    reach: { type: 'string', purpose: 'marketing' },
  }
  const { tracker } = start(page, { document: { ...DOCUMENT, traits } })
  void tracker.track('identify', { sports: '["hiking"]', newsletter: true, reach: 'far', name: 'Ann' })
  await page.advance(2_000)
  expect(tracker.visitor()?.profile.traits).toEqual({ newsletter: true, sports: ['hiking'] })
  void tracker.track('identify', { sports: '' })
  await page.advance(2_000)
  expect(tracker.visitor()?.profile.traits).toEqual({ newsletter: true })
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

describe('the id that shares are drawn by', () => {
  const collector = '/collect'
  const COOKIE_ID = 'CCCCCCCCCCCCCCCCCCCCCC'
  const answering = (visitor?: string) => () =>
    Response.json({ accepted: 1, duplicates: 0, rejected: [], ...(visitor && { visitor }) })

  test('is this browser’s own without a collector, and stays', async () => {
    const page = makePage()
    page.consent('preferences')
    const { tracker } = start(page)
    await view(page, tracker, 1)
    const own = tracker.visitor()?.visitor
    expect(own).toMatch(/^[0-9a-z]{8,}$/)
    page.chances = [0.1, 0.2, 0.3]
    expect(start(page).tracker.visitor()?.visitor).toBe(own)
  })

  test('is with a collector the one in the signed cookie, on this page and the next', async () => {
    const page = makePage()
    page.consent('preferences')
    page.answer = answering(COOKIE_ID)
    const { tracker, heard } = start(page, { collector })
    void tracker.track('view_item')
    await page.advance(900)
    expect(tracker.visitor()?.visitor).toBeUndefined()
    await page.advance(2_000)
    expect(new Headers(page.sent[0]?.init.headers).get('attune-ask')).toBe('visitor')
    expect(heard.at(-1)?.visitor).toBe(COOKIE_ID)
    expect(start(page, { collector }).tracker.visitor()?.visitor).toBe(COOKIE_ID)
  })

  test('is nobody’s while the collector does not say it: a server without the cookie draws none either', async () => {
    const page = makePage()
    page.consent('preferences')
    page.answer = answering()
    const { tracker, matches } = start(page, { collector })
    await view(page, tracker, 2)
    expect(matches('keen')).toBe(true)
    expect(tracker.visitor()?.visitor).toBeUndefined()
  })

  test('is not the one from before the collector, nor that of another', async () => {
    const page = makePage()
    page.consent('preferences')
    await view(page, start(page).tracker, 1)
    expect(start(page, { collector }).tracker.visitor()?.visitor).toBeUndefined()
    page.answer = answering(COOKIE_ID)
    await view(page, start(page, { collector }).tracker, 1)
    expect(start(page, { collector }).tracker.visitor()?.visitor).toBe(COOKIE_ID)
    expect(start(page, { collector: '/other' }).tracker.visitor()?.visitor).toBeUndefined()
  })

  test('follows the cookie when that is another by now', async () => {
    const page = makePage()
    page.consent('preferences')
    page.answer = answering(COOKIE_ID)
    await view(page, start(page, { collector }).tracker, 1)
    page.answer = answering('other')
    const { tracker } = start(page, { collector })
    await view(page, tracker, 1)
    expect(tracker.visitor()?.visitor).toBe('other')
  })

  test('goes with the consent, and an answer that comes after it is not heard', async () => {
    const page = makePage()
    page.consent('preferences')
    let answer = (_: Response): void => {}
    page.answer = () => new Promise((resolve) => (answer = resolve))
    const { tracker } = start(page, { collector })
    await view(page, tracker, 1)
    page.consent('none')
    answer(answering(COOKIE_ID)())
    await page.advance(2_000)
    expect(kept(page)).toBeNull()
  })
})

describe('what the owner lets be remembered of visitors who were not asked', () => {
  const unasked = ['preferences', 'marketing'] as const

  test('is remembered, and the visitor still counts as not asked', async () => {
    const page = makePage()
    const { tracker, matches } = start(page, { unasked })
    await view(page, tracker, 2)
    expect(matches('keen')).toBe(true)
    expect(tracker.granted()).toEqual({ preferences: true, marketing: true })
    expect(tracker.consent()).toBeUndefined()
    expect(page.window.document.cookie).not.toContain('attune_consent')
  })

  test('is forgotten when they say no', async () => {
    const page = makePage()
    const { tracker } = start(page, { unasked })
    await view(page, tracker, 2)
    tracker.consent('none')
    expect(kept(page)).toBeNull()
    expect(tracker.granted()).toEqual({})
    await view(page, tracker, 2)
    expect(kept(page)).toBeNull()
  })

  test('is neither preferences nor marketing under Global Privacy Control', () => {
    const page = makePage()
    Object.defineProperty(page.window.navigator, 'globalPrivacyControl', { value: true })
    expect(start(page, { unasked }).tracker.granted()).toEqual({})
  })

  test('is nothing unless they say so', async () => {
    const page = makePage()
    const { tracker } = start(page)
    await view(page, tracker, 2)
    expect(kept(page)).toBeNull()
    expect(tracker.granted()).toEqual({})
  })
})

test('sites of one origin know nothing of each other, and what one did not send the other does not', async () => {
  const page = makePage()
  page.consent('preferences')
  const second = start(page, { scope: '_2' })
  await view(page, second.tracker, 2)
  expect(Object.keys(page.window.localStorage).sort()).toEqual(['attune_profile_2', 'attune_touches_2'])
  const first = start(page)
  expect([first.matches('keen'), second.matches('keen')]).toEqual([undefined, true])
  page.answer = () => new Response('', { status: 503 })
  await view(page, start(page, { scope: '_3', collector: '/third' }).tracker, 1)
  expect(Object.keys(page.window.sessionStorage)).toEqual(['attune_queue_3'])
  page.consent('none')
  expect(page.window.localStorage.length + page.window.sessionStorage.length).toBe(0)
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
