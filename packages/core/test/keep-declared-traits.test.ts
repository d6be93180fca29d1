import { keepDeclaredTraits, MAX_TRAIT_LIST, MAX_TRAIT_TEXT, type TraitDefinition } from '@attune/core'
import { expect, test } from 'vitest'

const DEFINITIONS: { readonly [name: string]: TraitDefinition } = {
  tier: { type: 'string', sources: { crm: 3, form: 1 } },
  newsletter: { type: 'boolean' },
  visits: { type: 'number', purpose: 'statistics' },
  hobbies: { type: 'list' },
}
const GRANTED = { preferences: true, statistics: true }
const keep = (given: { readonly [name: string]: unknown }, source?: string, consent: object = GRANTED) =>
  keepDeclaredTraits(given, DEFINITIONS, { consent, source })

test('what is declared is kept, with what the telling weighs where the trait names sources', () => {
  const given = { tier: 'gold', newsletter: false, visits: 3, hobbies: ['chess'] }
  expect(keep(given, 'crm')).toEqual({
    properties: { ...given, $weights: { tier: 3 } },
    traits: ['tier', 'newsletter', 'visits', 'hobbies'],
  })
})

test('what is not declared is left out, inherited names and weights among it', () => {
  const given = { email: 'a@b.example', $weights: { newsletter: 9 }, toString: 'x', newsletter: true }
  expect(keep(given)).toEqual({ properties: { newsletter: true }, traits: ['newsletter'] })
})

test.each([['browser'], [undefined], ['toString']])(
  'a trait that the source %s may not tell is left out',
  (source) => {
    expect(keep({ tier: 'gold' }, source)).toEqual({ properties: {}, traits: [] })
  },
)

test('a trait whose purpose is not granted is left out, and may be taken back all the same', () => {
  const consent = { preferences: true }
  expect(keep({ visits: 3, newsletter: true }, undefined, consent)).toEqual({
    properties: { newsletter: true },
    traits: ['newsletter'],
  })
  const back = { visits: null, newsletter: null, hobbies: null }
  expect(keep(back, undefined, {})).toMatchObject({ properties: back })
})

test.each([
  ['text', { tier: 5 }, /tier is a string/],
  ['a boolean', { newsletter: 'true' }, /newsletter is a boolean/],
  ['a number', { visits: Number.NaN }, /visits is a number/],
  ['a list', { hobbies: 'chess' }, /hobbies is a list of text/],
  ['a list of text', { hobbies: [1] }, /hobbies is a list of text/],
])('a value that is not %s is refused, and nothing of the event is kept', (_, given, message) => {
  expect(keep({ ...given, newsletter: true, ...given }, 'crm')).toEqual({
    reason: 'wrong-type',
    message: expect.stringMatching(message),
  })
})

test('as much as fits is kept, and more is refused', () => {
  const text = 'x'.repeat(MAX_TRAIT_TEXT)
  const full = { tier: text, hobbies: Array.from({ length: MAX_TRAIT_LIST }, () => text) }
  expect(keep(full, 'form')).toMatchObject({ properties: full })
  const refused = { reason: 'too-large', message: expect.stringContaining('Send less') }
  expect(keep({ tier: `${text}x` }, 'form')).toEqual(refused)
  expect(keep({ hobbies: [`${text}x`] })).toEqual(refused)
  expect(keep({ hobbies: [...full.hobbies, ''] })).toEqual(refused)
})
