import {
  createSealKeys,
  decodePin,
  decodeToken,
  encodePin,
  encodeToken,
  fromBase64Url,
  type Pin,
  type Ruleset,
  seal,
  toBase64Url,
  unseal,
} from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const SECRET = 'a secret of the tests long enough to seal'
const keys = createSealKeys(SECRET)
const KINDS = ['visitor', 'token', 'pin', 'code', 'preview'] as const

/** Every text that differs from `text` in one bit of one character's UTF-16 unit. */
function flips(text: string): readonly string[] {
  return [...text].flatMap((letter, at) =>
    Array.from({ length: 16 }, (_, bit) => {
      const other = String.fromCharCode(letter.charCodeAt(0) ^ (1 << bit))
      return text.slice(0, at) + other + text.slice(at + 1)
    }),
  )
}

test('a seal with any one bit changed does not open', () => {
  const sealed = seal(keys, 'code', 'shop', 'Ab-_0123456789')
  const opened = flips(sealed).filter((text) => unseal(keys, 'code', 'shop', text) !== undefined)
  expect(opened).toEqual([])
  expect(unseal(keys, 'code', 'shop', sealed)).toBe('Ab-_0123456789')
})

test('a seal of one kind opens as no other, and for no other binding', () => {
  for (const kind of KINDS) {
    const sealed = seal(keys, kind, 'shop', 'abc')
    expect(KINDS.filter((other) => unseal(keys, other, 'shop', sealed) !== undefined)).toEqual([kind])
    for (const binding of ['', 'sho', 'shopp', 'Shop', 'shop\n', '4\nshop'])
      expect(unseal(keys, kind, binding, sealed)).toBeUndefined()
  }
})

test('a letter cannot move from the binding to the payload or back', () => {
  const sealed = seal(keys, 'code', 'ab', 'cd')
  expect(unseal(keys, 'code', 'a', sealed.replace('~cd~', '~bcd~'))).toBeUndefined()
  expect(unseal(keys, 'code', 'abc', sealed.replace('~cd~', '~d~'))).toBeUndefined()
})

test('no text of chance opens, and none throws', () => {
  const part = fc.string({
    unit: fc.constantFrom('a', 'Z', '0', '-', '_', '~', '.', 'é', '😀'),
    maxLength: 30,
  })
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      expect(unseal(keys, 'code', 'shop', parts.join('~'))).toBeUndefined()
    }),
    { numRuns: 2_000 },
  )
})

test('a new key seals, the old ones open until they are taken away', () => {
  const old = seal(createSealKeys(SECRET), 'code', 'shop', 'abc')
  const both = createSealKeys(['the newer secret of the tests and just as long', SECRET])
  expect(unseal(both, 'code', 'shop', old)).toBe('abc')
  expect(
    unseal(createSealKeys('the newer secret of the tests and just as long'), 'code', 'shop', old),
  ).toBeUndefined()
  expect(unseal(keys, 'code', 'shop', seal(both, 'code', 'shop', 'abc'))).toBeUndefined()
})

test('an environment variable holds two secrets with a comma between', () => {
  const newer = 'the newer secret of the tests and just as long'
  const both = createSealKeys(`${newer} , ${SECRET}`)
  expect(both).toEqual(createSealKeys([newer, SECRET]))
})

test('a short secret, and none, are refused with the cure', () => {
  expect(() => createSealKeys(`${SECRET},short`)).toThrow('the secret has 5 characters')
  expect(() => createSealKeys('x'.repeat(31))).toThrow('Use at least 32')
  expect(() => createSealKeys([])).toThrow('Set one of 32 characters')
  expect(() => createSealKeys([SECRET, 'short'])).toThrow('the secret has 5 characters')
})

test('base64url is that of Node, both ways, and one text means one list of bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64url')
      expect(toBase64Url(bytes)).toBe(text)
      expect(fromBase64Url(text)).toEqual(bytes)
    }),
  )
  for (const text of ['A', 'AB', 'AAB', 'AA=', 'A+', 'A/', 'AAAA\n', 'éAAA', '😀']) {
    expect(fromBase64Url(text), text).toBeUndefined()
  }
})

const ruleset: Ruleset = {
  version: 1,
  revision: 'r1',
  events: { view_item: {} },
  segments: { gone: { when: { absent: 'view_item', within: '1d' } } },
  placements: { hero: { baseline: 'a', variants: ['a', 'b'] } },
}

test('a token with any one bit changed does not open', () => {
  const compiled = compileDocument(ruleset)
  const owner = { site: 'shop', visitor: 'v1' }
  const profile = {
    version: 1,
    plan: compiled.plan.id,
    firstSeen: 5,
    last: null,
    signals: {},
    traits: {},
  } as const
  const token = encodeToken(keys, owner, compiled, { profile, issuedAt: 1_000, utcOffset: null })!
  expect(decodeToken(keys, owner, compiled, token, 1_000)?.profile.firstSeen).toBe(5)
  expect(
    flips(token).filter((text) => decodeToken(keys, owner, compiled, text, 1_000) !== undefined),
  ).toEqual([])
})

test('a profile of another plan gets no token: what it did not watch would read as what never happened', () => {
  const compiled = compileDocument(ruleset)
  const profile = { version: 1, plan: 'older', firstSeen: 5, last: null, signals: {}, traits: {} } as const
  const issued = { profile, issuedAt: 1_000, utcOffset: null }
  expect(encodeToken(keys, { site: 'shop', visitor: 'v1' }, compiled, issued)).toBeUndefined()
})

test('a signal watched since the very second a token is issued stays so in the token', () => {
  const compiled = compileDocument(ruleset)
  const owner = { site: 'shop', visitor: 'v1' }
  for (const since of [999, 1_000, 1_001]) {
    const signals = { 'times view_item': { times: [], since } }
    const profile = {
      version: 1,
      plan: compiled.plan.id,
      firstSeen: 5,
      last: null,
      signals,
      traits: {},
    } as const
    const token = encodeToken(keys, owner, compiled, { profile, issuedAt: 1_000, utcOffset: null })!
    expect(decodeToken(keys, owner, compiled, token, 1_000)?.profile.signals).toEqual(signals)
  }
})

test('a pin opens for its visitor and revision, without variants that are gone', () => {
  const owner = { site: 'shop', visitor: 'v1' }
  const shown: Pin = {
    hero: { placement: 'hero', variant: 'b', experience: 'x', reason: 'SPLIT', until: null },
  }
  const pin = encodePin(keys, owner, ruleset, shown)
  expect(decodePin(keys, owner, ruleset, pin)).toEqual(shown)
  expect(decodePin(keys, { ...owner, visitor: 'v2' }, ruleset, pin)).toBeUndefined()
  expect(decodePin(keys, owner, { ...ruleset, revision: 'r2' }, pin)).toBeUndefined()
  const without = { ...ruleset, placements: { hero: { baseline: 'a', variants: ['a'] } } }
  expect(decodePin(keys, owner, without, pin)).toEqual({})
})
