import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { checkRuleset } from '../src/check.ts'
import { compileRuleset, emptyHistory, foldEvents, parseEvent, type Ruleset } from '../src/index.ts'

const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void
const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true })
addFormats(ajv)

function validator(name: string) {
  const file = new URL(`../schemas/${name}.schema.json`, import.meta.url)
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')))
  return (value: unknown) =>
    validate(value) ? [] : validate.errors!.map((error) => `${error.instancePath} ${error.message}`)
}

function makeRuleset(when: unknown): Ruleset {
  return {
    version: 1,
    revision: 'r1',
    timezone: 'Europe/London',
    retention: { events: '90d', profile: '400d' },
    events: { view_item: { properties: { item_id: 'string', item_category: 'string' } }, purchase: {} },
    traits: { newsletter: { type: 'boolean' } },
    interests: { category: { of: 'item_category', halfLife: '14d', points: { view_item: 1 } } },
    segments: { asked: { when } },
    placements: { hero: { baseline: 'a', variants: ['a', 'b'] } },
    experiences: [
      {
        key: 'x',
        placement: 'hero',
        audience: { segment: 'asked' },
        allocation: [{ variant: 'b', share: 0.5 }],
      },
    ],
    routes: { '/': ['hero'] },
    holdout: { share: 0.05, salt: 's' },
    budget: 4,
  } as unknown as Ruleset
}

const SOUND = [
  { all: [{ count: 'view_item', within: '7d', atLeast: 3 }, { not: { count: 'purchase', exactly: 0 } }] },
  {
    any: [
      { attr: 'geo.country', in: ['GB', 'IE'] },
      { attr: 'trait.newsletter', is: true },
    ],
  },
  {
    atLeast: 1,
    of: [{ consent: 'marketing' }, { when: { hours: [22, 6], weekdays: ['sat'], timezone: 'visitor' } }],
  },
  { distinct: 'view_item', of: 'item_id', within: '7d', between: [1, 3] },
  { absent: 'purchase', within: '30d' },
  { since: 'purchase', which: 'first', moreThan: '30d' },
  { unfinished: 'view_item', where: { item_id: 'a' }, without: 'purchase', for: '1h', within: '2d' },
  { interest: 'category', top: 1, is: 'hiking' },
  { interest: 'category', value: 'hiking', atLeast: 2.5 },
]

const UNSOUND = [
  { all: [] },
  { count: 'view_item' },
  { count: 'view_item', atLeast: 1, atMost: 2 },
  { count: 'view_item', atLeast: 1.5 },
  { count: 'view_item', within: '7 days', atLeast: 1 },
  { attr: 'geo.country' },
  { absent: 'purchase' },
  { interest: 'category', top: 0, is: 'hiking' },
  { when: { weekdays: ['sunday'] } },
  { consent: 'ads' },
  { nothing: true },
]

describe('the JSON Schemas', () => {
  const ruleset = validator('ruleset')

  test.each(SOUND)('the ruleset schema and the checker accept %j', (when) => {
    const document = makeRuleset(when)
    expect(checkRuleset(document).filter((problem) => problem.severity === 'error')).toEqual([])
    expect(ruleset(document)).toEqual([])
  })

  test.each(UNSOUND)('the ruleset schema and the checker refuse %j', (when) => {
    const document = makeRuleset(when)
    expect(checkRuleset(document).some((problem) => problem.severity === 'error')).toBe(true)
    expect(ruleset(document)).not.toEqual([])
  })

  test('the profile schema describes what folding makes, in every kind of signal', () => {
    const when = {
      all: [...SOUND, { count: 'view_item', atLeast: 40 }, { count: 'view_item', within: '7d', atLeast: 40 }],
    }
    const { plan } = compileRuleset(makeRuleset(when))
    const event = {
      id: 'e1',
      name: 'view_item',
      time: 1e12,
      properties: { item_id: 'a', item_category: 'hiking' },
    }
    const { profile } = foldEvents(emptyHistory(plan), [event], plan, () => []).history
    expect(new Set(plan.signals.map((signal) => signal.kind))).toEqual(
      new Set(['times', 'total', 'ring', 'distinct', 'interest']),
    )
    expect(validator('profile')(profile)).toEqual([])
    expect(validator('profile')({ ...profile, email: 'a@example.com' })).not.toEqual([])
  })

  test.each([
    [{ id: 'e1', name: 'view_item', time: 1e12, properties: { a: 1 } }, true],
    [{ id: '', name: 'view_item', time: 1e12 }, false],
    [{ id: 'e1', name: 'view item', time: 1e12 }, false],
    [{ id: 'e1', name: 'view_item', time: -1 }, false],
    [{ id: 'e1', name: 'view_item', time: '2026' }, false],
    [{ id: 'e1', name: 'view_item', time: 1e12, properties: [] }, false],
  ])('the event schema and parseEvent agree on %j', (event, isSound) => {
    expect(validator('event')(event).length === 0).toBe(isSound)
    expect(parseEvent(event).ok).toBe(isSound)
  })
})
