import { expect, test } from 'vitest'
import { fixEvent } from '../../src/quarantine/fix-event.ts'
import { type Fixes, parseFixes } from '../../src/quarantine/fixes.ts'

const FIXES: Fixes = {
  view_itm: {
    name: 'view_item',
    rename: { sku: 'item_id' },
    types: { price: 'number', sale: 'boolean', item_id: 'string' },
    set: { currency: 'EUR' },
    remove: ['email'],
  },
}

function fix(properties: object): unknown {
  const fixed = fixEvent({ id: 'a', name: 'view_itm', time: 1, properties }, FIXES)
  return fixed
}

test('a name, properties, types, what is missing and what is too much are mended, in that order', () => {
  expect(fix({ sku: 17, price: ' 12.5 ', sale: 'true', email: 'a@b.example' })).toEqual({
    id: 'a',
    name: 'view_item',
    time: 1,
    properties: { item_id: '17', price: 12.5, sale: true, currency: 'EUR' },
  })
})

test.each([
  ['a price that is no number', { price: 'twelve' }],
  ['an empty price', { price: '' }],
  ['a number beyond all', { price: '1e999' }],
  ['a list as text', { sku: ['a'] }],
])('%s stays as it is, to be refused again', (_, properties) => {
  const kept = JSON.stringify(Object.values(properties)[0])
  expect(JSON.stringify(fix(properties))).toContain(kept)
})

test('what was sent is not overwritten by what stands for the missing', () => {
  expect(fix({ currency: 'GBP' })).toMatchObject({ properties: { currency: 'GBP' } })
  expect(fix({ currency: null })).toMatchObject({ properties: { currency: 'EUR' } })
})

test('an event of another name, or of a name that objects inherit, stays', () => {
  const event = { id: 'a', name: 'toString', time: 1 }
  expect(fixEvent(event, FIXES)).toBe(event)
  expect(fixEvent('no event', FIXES)).toBe('no event')
})

test.each([
  [[], '$'],
  [{ a: 1 }, '$.a'],
  [{ a: { nam: 'b' } }, '$.a.nam'],
  [{ a: { name: 'b c' } }, '$.a.name'],
  [{ a: { rename: { x: 1 } } }, '$.a.rename.x'],
  [{ a: { rename: { x: '__proto__' } } }, '$.a.rename.x'],
  [{ a: { types: { x: 'text' } } }, '$.a.types.x'],
  [{ a: { set: { x: null } } }, '$.a.set.x'],
  [JSON.parse('{ "a": { "set": { "__proto__": 1 } } }'), '$.a.set.__proto__'],
  [{ a: { remove: 'x' } }, '$.a.remove'],
])('%j is found at %s', (value, path) => {
  const parsed = parseFixes(value)
  expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path)).toEqual([path])
})
