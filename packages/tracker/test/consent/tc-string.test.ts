import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeTcString } from '../../src/consent/tcf/decode-tc-string.ts'

/** A TC string under construction: numbers of so many bits. */
function encode(...numbers: readonly (readonly [value: number, bits: number])[]): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const bits = numbers.map(([value, length]) => value.toString(2).padStart(length, '0')).join('')
  const padded = bits.padEnd(Math.ceil(bits.length / 6) * 6, '0')
  return padded.replace(/.{6}/g, (six) => letters[Number.parseInt(six, 2)]!)
}

// 2026-03-01T12:00:00.500Z in tenths of a second.
const TIME = Date.UTC(2026, 2, 1, 12, 0, 0, 500) / 100
const HEAD: readonly (readonly [number, number])[] = [
  [2, 6], [TIME, 36], [TIME, 36], [27, 12], [3, 12], [1, 6], [3, 6], [13, 6], [120, 12], [5, 6], [1, 1], [0, 1],
] // biome-ignore format: a field each
// Purposes 1, 5 and 6 of 24; no legitimate interests; no special features before them.
const PURPOSES: readonly (readonly [number, number])[] = [
  [0, 12], [0b100011 * 2 ** 18, 24], [0, 24], [0, 1], [3, 6], [4, 6],
] // biome-ignore format: a field each
// Vendors 2 and 4 of 4, as bits; legitimate interests as the range 3–5 and the vendor 9; no restrictions.
const VENDORS: readonly (readonly [number, number])[] = [
  [4, 16], [0, 1], [0b0101, 4], [9, 16], [1, 1], [2, 12], [1, 1], [3, 16], [5, 16], [0, 1], [9, 16], [0, 12],
] // biome-ignore format: a field each
const CORE = encode(...HEAD, ...PURPOSES, ...VENDORS)
const DISCLOSED = encode([1, 3], [7, 16], [0, 1], [0b0101001, 7])

test('a TC string is decoded field by field', () => {
  expect(decodeTcString(`${CORE}.${DISCLOSED}`)).toEqual({
    version: 2,
    created: '2026-03-01T12:00:00.500Z',
    lastUpdated: '2026-03-01T12:00:00.500Z',
    cmpId: 27,
    cmpVersion: 3,
    consentScreen: 1,
    consentLanguage: 'DN',
    vendorListVersion: 120,
    policyVersion: 5,
    isServiceSpecific: true,
    specialFeatureOptins: [],
    purposeConsents: [1, 5, 6],
    purposeLegitimateInterests: [],
    purposeOneTreatment: false,
    publisherCountryCode: 'DE',
    vendorConsents: [2, 4],
    vendorLegitimateInterests: [3, 4, 5, 9],
    publisherRestrictions: [],
    vendorsDisclosed: [2, 4, 7],
    publisherConsents: [],
    publisherLegitimateInterests: [],
  })
})

test.each([
  ['nothing', ''],
  ['another alphabet', `${CORE.slice(0, -1)}!`],
  ['half of it', CORE.slice(0, CORE.length >> 1)],
  ['version 1', `B${CORE.slice(1)}`],
  ['a segment that is cut off', `${CORE}.I`],
  [
    'a range that runs backwards',
    encode(...HEAD, ...PURPOSES, [9, 16], [1, 1], [1, 12], [1, 1], [5, 16], [3, 16]),
  ],
  ['an answer of another tool', 'DBABMA~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA'],
])('%s is no TC string', (_name, text) => {
  expect(decodeTcString(text)).toBeUndefined()
})

test('ranges that would fill the memory are refused', () => {
  const ranges = Array.from(
    { length: 4_000 },
    () =>
      [
        [1, 1],
        [1, 16],
        [65_535, 16],
      ] as const,
  ).flat()
  const text = encode(...HEAD, ...PURPOSES, [9, 16], [1, 1], [4_000, 12], ...ranges)
  expect(decodeTcString(text)).toBeUndefined()
})

// Lines of `{ "tcString", "expected" }` as a reference library decodes them: ATTUNE_TCF_VECTORS=<path>. No other test needs it.
const corpus = process.env.ATTUNE_TCF_VECTORS
if (corpus !== undefined) {
  test('every TC string of the corpus is decoded as by the reference', () => {
    const lines = readFileSync(corpus, 'utf8').trim().split('\n')
    const wrong = lines.filter((line) => {
      const { tcString, expected } = JSON.parse(line)
      const isNone = typeof expected?.version !== 'number'
      const wanted = isNone ? undefined : sorted(expected)
      return JSON.stringify(sorted(decodeTcString(tcString))) !== JSON.stringify(wanted)
    })
    expect(wrong.map((line) => line.slice(0, 200))).toEqual([])
    expect(lines.length).toBeGreaterThan(300)
  })
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
