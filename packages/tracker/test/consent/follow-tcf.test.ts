import { expect, test } from 'vitest'
import { followTcf, grantedByTcf, type TcData, type TcfOptions } from '../../src/consent/follow/follow-tcf.ts'
import { type ConsentPage, makeConsentPage } from './make-consent-page.ts'

const ALL = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [at + 1, true]))
const ANSWER: TcData = { gdprApplies: true, eventStatus: 'tcloaded', purpose: { consents: ALL } }
const EVERYTHING = 'preferences.statistics.statistics-anonymous.marketing'

type Hear = (data: TcData | null, success: boolean) => void

/** A consent tool that remembers what it was asked. */
function makeTool(page: ConsentPage) {
  const asked: string[] = []
  const heard: Hear[] = []
  page.put('__tcfapi', (command: string, version: number, hear: Hear) => {
    asked.push(`${command} ${version}`)
    heard.push(hear)
  })
  return {
    asked,
    tell: (data: TcData | null, success = true) => {
      for (const hear of heard) hear(data, success)
    },
  }
}

test('the visitor’s answer is taken over, and each change of it, by one listener and no asking', () => {
  const page = makeConsentPage()
  const tool = makeTool(page)
  followTcf({ window: page.window })
  tool.tell({ ...ANSWER, eventStatus: 'cmpuishown' })
  expect(page.said()).toBeUndefined()
  tool.tell({ ...ANSWER, eventStatus: 'useractioncomplete' })
  expect(page.said()).toBe(EVERYTHING)
  tool.tell({ ...ANSWER, eventStatus: 'useractioncomplete', purpose: { consents: { ...ALL, 5: false } } })
  expect(page.said()).toBe('statistics.statistics-anonymous.marketing')
  tool.tell({ ...ANSWER, eventStatus: 'useractioncomplete', purpose: { consents: {} } })
  expect(page.said()).toBe('none')
  expect(page.announced()).toBe(3)
  page.wait(60_000)
  expect(tool.asked).toEqual(['addEventListener 2'])
})

test('an answer that says what is known already writes and announces nothing', () => {
  const page = makeConsentPage({}, EVERYTHING)
  const tool = makeTool(page)
  followTcf({ window: page.window })
  tool.tell(ANSWER)
  expect([page.said(), page.announced()]).toEqual([EVERYTHING, 0])
})

test('a tool that comes within 2 s is heard', () => {
  const page = makeConsentPage()
  followTcf({ window: page.window })
  page.wait(1_500)
  const tool = makeTool(page)
  page.wait(500)
  tool.tell(ANSWER)
  expect(page.said()).toBe(EVERYTHING)
})

test.each([
  [undefined, undefined],
  [EVERYTHING, 'none'],
  ['none', 'none'],
])('a tool that is missing after 2 s is a no: "%s" becomes "%s"', (before, after) => {
  const page = makeConsentPage({}, before)
  followTcf({ window: page.window })
  page.wait(1_900)
  expect(page.said()).toBe(before)
  page.wait(200)
  expect([page.said(), page.timers()]).toEqual([after, 0])
  const late = makeTool(page)
  page.wait(60_000)
  expect(late.asked).toEqual([])
})

test.each<[string, TcData | null, boolean]>([
  ['GDPR does not apply', { ...ANSWER, gdprApplies: false }, true],
  ['the tool failed', ANSWER, false],
  ['there is no data', null, true],
])('nobody’s yes stands when %s', (_name, data, success) => {
  const page = makeConsentPage({}, 'preferences')
  const tool = makeTool(page)
  followTcf({ window: page.window })
  tool.tell(data, success)
  expect(page.said()).toBe('none')
})

test('a tool that throws costs the page nothing', () => {
  const page = makeConsentPage()
  page.put('__tcfapi', () => {
    throw new Error('broken')
  })
  expect(() => followTcf({ window: page.window })).not.toThrow()
  expect(page.said()).toBeUndefined()
})

test.each<[number, string]>([
  [1, 'statistics-anonymous'],
  [2, 'preferences statistics statistics-anonymous'],
  [5, 'statistics statistics-anonymous marketing'],
  [6, 'statistics statistics-anonymous marketing'],
  [7, 'preferences statistics statistics-anonymous'],
  [8, 'preferences marketing'],
  [9, 'preferences statistics-anonymous marketing'],
  [10, 'preferences statistics statistics-anonymous marketing'],
])('without purpose %i there is %s', (purpose, left) => {
  expect(listed({ ...ANSWER, purpose: { consents: { ...ALL, [purpose]: false } } })).toBe(left)
})

// Vendors 2 and 4 were disclosed.
const DISCLOSING =
  'COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAAAAgAQBAAAAAAAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAYQEAAAQmAgBC3ZAYzUw'

test.each<[string, TcfOptions, Partial<TcData>, boolean]>([
  ['not on the list', {}, {}, true],
  ['not agreed to', { vendor: 2 }, {}, false],
  [
    'agreed to and disclosed',
    { vendor: 2 },
    { vendor: { consents: { 2: true }, disclosedVendors: { 2: true } } },
    true,
  ],
  [
    'agreed to, never disclosed',
    { vendor: 2 },
    { vendor: { consents: { 2: true }, disclosedVendors: {} } },
    false,
  ],
  [
    'disclosed in the string',
    { vendor: 2 },
    { vendor: { consents: { 2: true } }, tcString: DISCLOSING },
    true,
  ],
  ['not in the string', { vendor: 4 }, { vendor: { consents: { 4: true } }, tcString: DISCLOSING }, false],
  ['in no string', { vendor: 2 }, { vendor: { consents: { 2: true } } }, false],
  ['the publisher’s own', { publisher: true }, { purpose: {}, publisher: { consents: ALL } }, true],
  ['the publisher’s, refused', { publisher: true }, { publisher: { consents: {} } }, false],
])('a vendor that is %s', (_name, options, data, isGranted) => {
  expect(grantedByTcf({ ...ANSWER, ...data }, options).preferences).toBe(isGranted)
})

test.each([{ 1: 1, 5: 1, 6: 1 }, { 1: 'true', 5: 'true', 6: 'true' }, [], null])(
  'consents of the shape %j grant nothing',
  (consents) => {
    // A tool may answer anything.
    expect(listed({ ...ANSWER, purpose: { consents: consents as never } })).toBe('')
  },
)

function listed(data: TcData): string {
  return Object.entries(grantedByTcf(data))
    .flatMap(([purpose, state]) => (state ? [purpose] : []))
    .join(' ')
}
