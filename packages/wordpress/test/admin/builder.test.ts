import { readdirSync, readFileSync } from 'node:fs'
import type { Kind } from '@attune/core'
import { checkRuleset } from '@attune/core/check'
import { builtInEvents } from '@attune/core/explain'
import type { JsonObject } from '@attune/core/json'
import { expect, test } from 'vitest'
import { withComparator } from '../../src/admin/builder/fields/comparator.ts'
import { eventWords } from '../../src/admin/builder/fields/event-words.ts'
import { operatorsFor, type ValueType, withOperator } from '../../src/admin/builder/fields/operators.ts'
import { plainValue } from '../../src/admin/builder/fields/plain-value.ts'
import { shortTest, testOf } from '../../src/admin/builder/fields/value-test.ts'
import { pathOptions } from '../../src/admin/builder/forms/paths.ts'
import { deniedBy, groupOf, makeGroup } from '../../src/admin/builder/groups.ts'
import { isWithin } from '../../src/admin/builder/is-within.ts'
import { FORMED_KINDS, formedKindOf } from '../../src/admin/builder/kinds.ts'
import { namesIn } from '../../src/admin/document/names.ts'
import { placeOf, segmentAt } from '../../src/admin/segments/place-of.ts'
import { problemWords } from '../../src/admin/segments/problem-words.ts'
import { SECTIONS } from '../../src/admin/segments/sections.ts'

const DOCUMENT: JsonObject = {
  version: 1,
  revision: 'r1',
  events: {
    view_item: {
      properties: { item_id: 'string', item_category: 'string', price: 'number', gift: 'boolean' },
    },
    add_to_cart: {},
    purchase: { properties: { value: 'number' } },
  },
  traits: { tags: { type: 'list' }, newsletter: { type: 'boolean' } },
  scores: { engagement: { halfLife: '14d', points: [{ event: 'view_item', points: 1 }] } },
  interests: { category: { of: 'item_category', halfLife: '14d', points: { view_item: 1 } } },
  funnels: {
    checkout: {
      within: '30d',
      steps: [
        { stage: 'looking', event: 'view_item' },
        { stage: 'customer', event: 'purchase' },
      ],
    },
  },
  rfm: {
    customers: {
      event: 'purchase',
      value: 'value',
      within: '365d',
      recency: [7, 30, 90, 180],
      frequency: [2, 3, 5, 10],
      monetary: [50, 100, 250, 1000],
    },
  },
  segments: {
    vip: { when: { attr: 'trait.newsletter', is: true } },
    other: { when: { consent: 'marketing' } },
  },
}

// The one kind that has no form: its tables have no format yet.
const WITHOUT_FORM: readonly Kind[] = ['model']

test('every kind of the language has a form or is a group', () => {
  const source = readFileSync(new URL('../../../core/src/condition/condition.ts', import.meta.url), 'utf8')
  const [, list = ''] = /export const KINDS = \[([^\]]*)\]/.exec(source) ?? []
  const kinds = [...list.matchAll(/'(\w+)'/g)].map(([, kind]) => kind)
  expect(kinds.length).toBeGreaterThan(20)
  const formed = FORMED_KINDS.flatMap(({ marks }) => marks)
  expect(
    kinds.filter((kind) => ![...formed, 'all', 'any', 'not', 'atLeast', ...WITHOUT_FORM].includes(kind!)),
  ).toEqual([])
})

test('what the menu adds is sound, but for what somebody has to choose', () => {
  const names = namesIn(DOCUMENT)
  for (const { make, marks } of FORMED_KINDS) {
    const condition = make(names)
    const document = {
      ...DOCUMENT,
      segments: { ...(DOCUMENT.segments as JsonObject), fresh: { when: condition ?? null } },
    }
    const errors = checkRuleset(document).filter(({ severity }) => severity === 'error')
    // These begin empty: the segment, the value.
    const open = ['segment', 'interest'].includes(marks[0]!) ? errors.slice(1) : errors
    expect([marks, open]).toEqual([marks, []])
    expect(formedKindOf(condition!)?.marks).toBe(marks)
  }
})

test('kinds whose names the ruleset does not define are not offered', () => {
  const offered = FORMED_KINDS.filter(({ make }) => make(namesIn({ events: { a: {} } })) !== undefined).map(
    ({ marks: [mark] }) => mark,
  )
  expect(offered).toEqual([
    'attr',
    'consent',
    'count',
    'absent',
    'since',
    'unfinished',
    'regular',
    'sequence',
    'touch',
    'distinct',
    'when',
  ])
})

test('every sound condition of the language’s vectors is shown in forms, down to its leaves', () => {
  const folder = new URL('../../../../test/vectors/condition/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  )
  const conditions = files.flatMap((name) =>
    conditionsIn(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
  )
  expect(conditions.length).toBeGreaterThan(1_000)
  expect(conditions.flatMap(withoutFormIn)).toEqual([])
})

// Cases state theirs as `condition`.
function conditionsIn(value: unknown): readonly JsonObject[] {
  if (typeof value !== 'object' || value === null) return []
  const object = value as JsonObject
  const own = typeof object.condition === 'object' ? [object.condition as JsonObject] : []
  return [...own, ...Object.values(object).flatMap(conditionsIn)]
}

function withoutFormIn(condition: JsonObject): readonly JsonObject[] {
  const denied = deniedBy(condition)
  if (denied !== undefined) return withoutFormIn(denied)
  const group = groupOf(condition)
  if (group !== undefined) return group.children.flatMap((child) => withoutFormIn(child as JsonObject))
  return formedKindOf(condition) === undefined ? [condition] : []
}

test('a condition with a member that its form does not show is shown as JSON', () => {
  expect(formedKindOf({ count: 'view_item', atLeast: 1 })?.marks).toEqual(['count'])
  expect(formedKindOf({ count: 'view_item', atLeast: 1, colour: 'red' })).toBeUndefined()
  expect(formedKindOf({ model: 'x', atLeast: 0.5 })).toBeUndefined()
  expect(formedKindOf({})).toBeUndefined()
  expect(groupOf({ all: [], note: '' })).toBeUndefined()
  expect(deniedBy({ not: { all: [] }, note: '' })).toBeUndefined()
})

test('a group is read and written in each of its joinings', () => {
  const children = [{ consent: 'marketing' }]
  for (const joining of ['all', 'any', 'atLeast'] as const) {
    const group = makeGroup(joining, children, 1)
    expect(groupOf(group)).toMatchObject({ joining, children })
  }
  expect(makeGroup('atLeast', children, 2)).toEqual({ atLeast: 2, of: children })
})

test('another comparator takes over what was compared with', () => {
  expect(withComparator({ count: 'a', atLeast: 3 }, 'lessThan')).toEqual({ count: 'a', lessThan: 3 })
  expect(withComparator({ atLeast: 3 }, 'between')).toEqual({ between: [3, 3] })
  expect(withComparator({ between: [3, 9] }, 'moreThan')).toEqual({ moreThan: 3 })
  expect(withComparator({}, 'exactly')).toEqual({ exactly: null })
})

test('another operator keeps as much of the test as fits', () => {
  expect(withOperator({ is: 'GB', ignoreCase: true }, 'in', 'string')).toEqual({
    in: ['GB'],
    ignoreCase: true,
  })
  expect(withOperator({ in: ['GB', 'IE'] }, 'is', 'string')).toEqual({ is: 'GB' })
  expect(withOperator({ is: 'x', ignoreCase: true }, 'exists', 'string')).toEqual({ exists: true })
  expect(withOperator({ exists: true }, 'is', 'string')).toEqual({ is: '' })
  expect(withOperator({ atLeast: 3 }, 'between', 'number')).toEqual({ between: [3, 3] })
  expect(withOperator({}, 'hasAny', 'list')).toEqual({ hasAny: [] })
})

test.each<[ValueType, JsonObject]>([
  ['string', { attr: 'geo.country' }],
  ['number', { attr: 'session.number' }],
  ['boolean', { attr: 'visitor.returning' }],
  ['list', { attr: 'trait.tags' }],
  ['any', { attr: 'custom.plan' }],
])('the checker knows every operator that is offered for %s', (type, attr) => {
  for (const operator of operatorsFor(type)) {
    const test = withOperator({}, operator, type)
    const document = { ...DOCUMENT, segments: { s: { when: { ...attr, ...test } } } }
    expect(checkRuleset(document).map(({ code }) => code)).not.toContain('unknown-field')
  }
})

test('a test of a property is written as short as it can be', () => {
  expect(shortTest({ is: 'hiking' })).toBe('hiking')
  expect(shortTest({ is: 'hiking', ignoreCase: true })).toEqual({ is: 'hiking', ignoreCase: true })
  expect(shortTest({ atLeast: 3 })).toEqual({ atLeast: 3 })
  expect(testOf('hiking')).toEqual({ is: 'hiking' })
  expect(testOf(null)).toBeUndefined()
})

test('where any type goes, text is taken for what it looks like, and nothing is lost of it', () => {
  expect(['true', '12', '-1.5', '007', '', ' 1', 'x'].map(plainValue)).toEqual([
    true,
    12,
    -1.5,
    '007',
    '',
    ' 1',
    'x',
  ])
})

test('an event that every ruleset has is offered, and can be asked for', () => {
  const { events, propertiesOf } = namesIn({})
  expect(events).toEqual(builtInEvents())
  for (const event of events) {
    const where = Object.fromEntries(propertiesOf(event).map(({ name }) => [name, 'x']))
    const segments = { s: { when: { count: event, where, atLeast: 1 } } }
    expect([event, checkRuleset({ ...DOCUMENT, segments }).filter(isError)]).toEqual([event, []])
    expect(eventWords(event)).not.toBe(event)
  }
})

test('a trait is offered with who is believed to tell it', () => {
  const traits = {
    tier: { type: 'string', sources: { browser: 1, crm: 2 } },
    newsletter: { type: 'boolean' },
  }
  const labels = pathOptions(namesIn({ traits })).map(({ label }) => label)
  expect(labels.filter((label) => label.startsWith('Trait'))).toEqual([
    'Trait: tier (told by crm, browser)',
    'Trait: newsletter',
  ])
})

test('the example of each part of the document is sound beside the others', () => {
  const document = Object.fromEntries(SECTIONS.map(({ name, example }) => [name, example]))
  const shop = { view_item: {}, add_to_cart: {}, purchase: { properties: { value: 'number' } } }
  const events = { ...(document.events as JsonObject), ...shop }
  expect(checkRuleset({ ...DOCUMENT, ...document, events, segments: {} }).filter(isError)).toEqual([])
})

const isError = ({ severity }: { readonly severity: string }): boolean => severity === 'error'

test('a finding is shown where its path lies, and leads to its segment', () => {
  expect(isWithin('$.segments.vip.when.count', '$.segments.vip')).toBe(true)
  expect(isWithin('$.segments.vip.when.all[0]', '$.segments.vip.when.all')).toBe(true)
  expect(isWithin('$.segments.vip2', '$.segments.vip')).toBe(false)
  expect(segmentAt('$.segments.vip.when')).toBe('vip')
  expect(segmentAt('$.segments["high-intent"].when.all[0]')).toBe('high-intent')
  expect(segmentAt('$.segments["a\\"b"]')).toBe('a"b')
  expect(segmentAt('$.events.view_item')).toBeUndefined()
  expect(placeOf('$.segments["high-intent"].when')).toBe('#/segment/high-intent')
  expect(placeOf('$.events')).toBe('#/definitions')
})

test('a problem is told by the name of its segment, and a segment that has just begun in plain words', () => {
  const document = {
    segments: {
      begun: { label: 'Keen readers', when: {} },
      wrong: { when: { count: 'nope' } },
    },
  }
  const told = (path: string): unknown =>
    problemWords({ path, code: 'some-code', severity: 'error', message: 'Words.' }, document)
  expect(told('$.segments.begun.when')).toEqual({
    place: 'Keen readers',
    isPath: false,
    message: 'It has no condition yet. Add one, or remove the segment.',
  })
  expect(told('$.segments.begun.label')).toMatchObject({ place: 'Keen readers', message: 'Words.' })
  expect(told('$.segments.wrong.when.count')).toMatchObject({ place: 'wrong', message: 'Words.' })
  expect(told('$.segments.gone.when.count')).toMatchObject({ place: 'gone', message: 'Words.' })
  expect(told('$.events.nope')).toEqual({ place: '$.events.nope', isPath: true, message: 'Words.' })
})
