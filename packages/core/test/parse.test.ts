import {
  decide,
  emptyProfile,
  evaluateSegments,
  parseConsent,
  parseContext,
  parseDuration,
  parseEvent,
  parseInstant,
  parseVisitorId,
  type Ruleset,
} from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import { compileDocument } from '@attune/core/publish'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeRuleset } from './oracle/make-ruleset.ts'
import { createRandom, type Random } from './oracle/random.ts'

const anything = fc.anything({
  withBigInt: true,
  withNullPrototype: true,
  withSparseArray: true,
  withDate: true,
  withMap: true,
})
const PARSERS = { parseConsent, parseContext, parseEvent, parseRuleset, parseVisitorId }

describe.each(Object.entries(PARSERS))('%s', (_name, parse: (value: unknown) => unknown) => {
  test('never throws, and answers a value or problems with a path and a sentence', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const result = parse(value) as ReturnType<typeof parseEvent>
        if (result.ok) return
        expect(result.problems.length).toBeGreaterThan(0)
        for (const problem of result.problems) {
          expect(problem.path).toMatch(/^\$/)
          // A hint at what was meant is a question.
          expect(problem.message).toMatch(/[.?]$/)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

test('parseInstant and parseDuration never throw', () => {
  fc.assert(
    fc.property(anything, (value) => {
      expect([undefined, 'number']).toContain(parseInstant(value) === undefined ? undefined : 'number')
      expect([undefined, 'number']).toContain(parseDuration(value) === undefined ? undefined : 'number')
    }),
  )
})

test('a good ruleset with any value put anywhere is read or refused, never thrown at', {
  timeout: 30_000,
}, () => {
  const random = createRandom(5)
  let refused = 0
  for (let turn = 0; turn < 3_000; turn++) {
    const ruleset: unknown = JSON.parse(JSON.stringify(makeRuleset(random, 'r')))
    spoil(random, ruleset)
    const read = parseRuleset(ruleset)
    if (read.ok) askAnything(read.value)
    else refused++
  }
  expect(refused).toBeGreaterThan(1_500)
})

// What the checker lets pass can be compiled and asked.
function askAnything(ruleset: Ruleset): void {
  const compiled = compileDocument(ruleset)
  const profile = emptyProfile(compiled.plan)
  const question = {
    profile,
    context: {},
    consent: { preferences: true },
    now: 1_790_000_000_000,
    visitor: 'v1',
  }
  evaluateSegments(compiled, question)
  decide(compiled, question)
  decide(compiled, { ...question, consent: {} })
}

const circle: unknown[] = []
circle.push(circle)
const ODD: readonly unknown[] = [
  10n,
  Symbol('odd'),
  circle,
  () => 1,
  Number.NaN,
  new Date(Number.NaN),
  Object.create(null),
  null,
  0,
  -1,
  0.5,
  1e300,
  true,
  '',
  'x',
  '7d',
  [],
  [null],
  {},
  { all: [] },
  { not: {} },
  '__proto__',
]

// Walks down by chance and puts an odd value there, or takes the member out.
function spoil(random: Random, value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const keys = Object.keys(value)
  if (keys.length === 0) return
  const key = random.pick(keys)
  const object = value as { [key: string]: unknown }
  const child = object[key]
  if (typeof child === 'object' && child !== null && Object.keys(child).length > 0 && random.chance(0.85))
    return spoil(random, child)
  if (random.chance(0.2) && !Array.isArray(object)) delete object[key]
  else object[key] = random.pick(ODD)
}

const EVENT = { id: 'e1', name: 'view_item', time: 1_790_000_000_000 }

test.each([
  ['no object', 5, '$', 'not-an-object'],
  ['a list', [EVENT], '$', 'not-an-object'],
  ['no id', { ...EVENT, id: undefined }, '$.id', 'event-id'],
  ['an empty id', { ...EVENT, id: '' }, '$.id', 'event-id'],
  ['a number as id', { ...EVENT, id: 5 }, '$.id', 'event-id'],
  ['an id of 65 characters', { ...EVENT, id: 'x'.repeat(65) }, '$.id', 'event-id'],
  ['a lone surrogate in the id', { ...EVENT, id: '\ud800' }, '$.id', 'event-id'],
  ['no name', { ...EVENT, name: undefined }, '$.name', 'event-name'],
  ['a name with a space', { ...EVENT, name: 'view item' }, '$.name', 'event-name'],
  ['a name that begins with a digit', { ...EVENT, name: '1view' }, '$.name', 'event-name'],
  ['a name of 65 letters', { ...EVENT, name: 'x'.repeat(65) }, '$.name', 'event-name'],
  ['no time', { ...EVENT, time: undefined }, '$.time', 'event-time'],
  ['a time before 1970', { ...EVENT, time: -1 }, '$.time', 'event-time'],
  ['a time that is no number', { ...EVENT, time: Number.NaN }, '$.time', 'event-time'],
  ['a time beyond every calendar', { ...EVENT, time: 8.7e15 }, '$.time', 'event-time'],
  ['a time as text', { ...EVENT, time: '2026-11-22T12:00:00Z' }, '$.time', 'event-time'],
  ['properties that are null', { ...EVENT, properties: null }, '$.properties', 'event-properties'],
  ['properties that are a list', { ...EVENT, properties: [] }, '$.properties', 'event-properties'],
  [
    'a property called __proto__',
    JSON.parse('{"id":"a","name":"b","time":1,"properties":{"__proto__":1}}'),
    '$.properties',
    'forbidden-key',
  ],
  [
    'a property called constructor',
    { ...EVENT, properties: { constructor: 1 } },
    '$.properties',
    'forbidden-key',
  ],
])('an event with %s is refused', (_what, event, path, code) => {
  const read = parseEvent(event)
  expect(read.ok ? undefined : read.problems.map((problem) => [problem.path, problem.code])).toEqual([
    [path, code],
  ])
})

test('an event without properties has none, and other members are left behind', () => {
  expect(parseEvent({ ...EVENT, secret: 1 })).toEqual({ ok: true, value: { ...EVENT, properties: {} } })
})

test('a consent with an unknown purpose, or a state that is neither true nor false, is refused', () => {
  expect(parseConsent({ preferences: true, marketing: false })).toEqual({
    ok: true,
    value: { preferences: true, marketing: false },
  })
  expect(parseConsent({ ads: true })).toMatchObject({
    ok: false,
    problems: [{ path: '$.consent.ads', code: 'unknown-purpose' }],
  })
  expect(parseConsent({ preferences: 'yes' })).toMatchObject({
    ok: false,
    problems: [{ path: '$.consent.preferences' }],
  })
  expect(parseConsent({ constructor: true }).ok).toBe(false)
})

test('a visitor id is well-formed text of 1 to 256 units', () => {
  for (const id of ['v', 'é😀', 'x'.repeat(256)]) expect(parseVisitorId(id)).toEqual({ ok: true, value: id })
  for (const id of ['', 'x'.repeat(257), '\ud800', 5, null, undefined])
    expect(parseVisitorId(id).ok).toBe(false)
})
