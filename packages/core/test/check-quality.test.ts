import { expect, test } from 'vitest'
import { checkRuleset } from '../src/check.ts'

function findingsOf(event: object): readonly (readonly [string, string])[] {
  const ruleset = {
    version: 1,
    revision: 'r',
    events: { purchase: event },
    placements: {},
    experiences: [],
    routes: {},
  }
  const place = '$.events.purchase'
  return checkRuleset(ruleset).map(({ path, code }) => [path.replace(place, ''), code] as const)
}

const properties = { value: 'number', currency: 'string' }

test('bounds, defaults and required properties that fit are sound', () => {
  const bounds = { value: { atLeast: 0, atMost: 10 } }
  expect(
    findingsOf({ properties, bounds, defaults: { currency: 'EUR', value: 0 }, required: ['value'] }),
  ).toEqual([])
})

test('an event, or properties of it, may be left to servers that sign', () => {
  expect([true, ['value'], []].map((signed) => findingsOf({ properties, signed }))).toEqual([[], [], []])
})

test.each([
  [
    'bounds of an undeclared property',
    { bounds: { price: { atMost: 1 } } },
    '.bounds.price',
    'unknown-property',
  ],
  ['bounds of a text', { bounds: { currency: { atMost: 1 } } }, '.bounds.currency', 'type-mismatch'],
  ['bounds that are a list', { bounds: { value: [0, 1] } }, '.bounds.value', 'not-an-object'],
  ['a bound of another name', { bounds: { value: { max: 1 } } }, '.bounds.value.max', 'unknown-field'],
  ['a bound that is text', { bounds: { value: { atMost: '1' } } }, '.bounds.value.atMost', 'bound'],
  ['bounds that cross', { bounds: { value: { atLeast: 2, atMost: 1 } } }, '.bounds.value', 'bound'],
  ['a default of an undeclared property', { defaults: { price: 1 } }, '.defaults.price', 'unknown-property'],
  ['a default of another type', { defaults: { value: '1' } }, '.defaults.value', 'type-mismatch'],
  ['defaults that are a list', { defaults: [1] }, '.defaults', 'not-an-object'],
  ['a required property that is not declared', { required: ['price'] }, '.required[0]', 'unknown-property'],
  ['a required number', { required: [1] }, '.required[0]', 'not-text'],
  ['a signed property that is not declared', { signed: ['price'] }, '.signed[0]', 'unknown-property'],
  ['signed as false', { signed: false }, '.signed', 'not-a-list'],
  ['required as text', { required: 'value' }, '.required', 'not-a-list'],
])('%s is found', (_, changes, path, code) => {
  expect(findingsOf({ properties, ...changes })).toEqual([[path, code]])
})
