import { type Json, MAX_DOCUMENT_BYTES, readJson, readJsonLeniently } from '@attune/core/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, type Random } from './oracle/random.ts'

const RULES = ['duplicate-key', 'lone-surrogate', 'number-range', 'byte-order-mark', 'too-deep', 'too-large']

/** JSON.parse, with -0 as 0; `undefined` for what it refuses. */
function parse(text: string): unknown {
  try {
    return plain(JSON.parse(text))
  } catch {
    return undefined
  }
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value
  const copy = {}
  for (const [key, member] of Object.entries(value))
    Object.defineProperty(copy, key, {
      value: plain(member),
      enumerable: true,
      writable: true,
      configurable: true,
    })
  return copy
}

test('valid documents read as JSON.parse reads them, however they are spaced', { timeout: 30_000 }, () => {
  const spaces = fc.constantFrom(0, 1, 4, '\t', '\r\n  ')
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'medium' }), spaces, (value, space) => {
      const text = JSON.stringify(value, null, space)
      const read = readJson(text)
      if (read.ok) expect(read.value).toStrictEqual(parse(text))
      else for (const { code } of read.problems) expect(['number-range', 'lone-surrogate']).toContain(code)
    }),
    { numRuns: 3_000 },
  )
})

test('10,000 hostile documents: what is read is what JSON.parse reads, the rest is refused by name', {
  timeout: 30_000,
}, () => {
  const random = createRandom(11)
  const counts = { read: 0, syntax: 0, rule: 0 }
  for (let turn = 0; turn < 10_000; turn++) {
    const text = makeHostile(random)
    const [read, wanted] = [readJson(text), parse(text)]
    if (read.ok) {
      expect(read.value, text).toStrictEqual(wanted)
      counts.read++
      continue
    }
    expect(read.problems.length, text).toBeGreaterThan(0)
    for (const { path } of read.problems) expect(path, text).toMatch(/^\$/)
    const codes = read.problems.map(({ code }) => code)
    if (wanted === undefined) counts.syntax++
    else {
      expect(RULES, text).toEqual(expect.arrayContaining(codes))
      counts.rule++
    }
  }
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(500)
})

const PIECES = [
  '{', '}', '[', ']', ',', ':', '"', '\\', '""', '"a"', '"a":', '"__proto__":', '"constructor":1', '0', '-', '-0', '1e5', '1E+400',
  '9007199254740993', '.5', '01', 'true', 'null', 'nul', 'NaN', '\u0000', '\ufeff', '\u2028', ' ', '\n', '\\u', '\\u00', '"\\ud800"',
  '"\\ud83d\\ude00"', '😀', '\ud800', '/*', '//', "'", '"\\x"',
] // biome-ignore format: words, read at a glance as one list
const SEEDS = [
  '{"a":[1,2,{"b":null}],"c":"d"}',
  '[{"id":"e1","name":"view_item","time":1790000000000,"properties":{"price":9.99}}]',
  '{"__proto__":{"x":1},"a":1}',
  '{"a":1,"a":2}',
  '[-0,0.1,1e3,true,false,null,"\\u00e9"]',
  '"text"',
]

// Valid documents with a few pieces put in, taken out or doubled.
function makeHostile(random: Random): string {
  let text = random.chance(0.1) ? '' : random.pick(SEEDS)
  for (let edits = random.below(4); edits > 0; edits--) {
    const at = random.below(text.length + 1)
    const cut = random.chance(0.5) ? random.below(4) : 0
    const piece = random.chance(0.6) ? random.pick(PIECES) : text.slice(at, at + random.below(8))
    text = text.slice(0, at) + piece + text.slice(at + cut)
  }
  return text
}

test.each([
  ['{"segments":{"high-intent":{"when":tru}}}', '$.segments["high-intent"].when', 'not-json'],
  ['{"all":[1,{"a":1,"a":2}]}', '$.all[1].a', 'duplicate-key'],
  ['[["\\udfff"]]', '$[0][0]', 'lone-surrogate'],
  ['{"\\ud800":1}', '$', 'lone-surrogate'],
  ['{"a":{"b":[0,1e999]}}', '$.a.b[1]', 'number-range'],
  ['\ufeff[]', '$', 'byte-order-mark'],
  [`{"a":${'['.repeat(64)}`, `$.a${'[0]'.repeat(63)}`, 'too-deep'],
])('%j is refused at %s for %s', (text, path, code) => {
  const read = readJson(text)
  expect(read.ok ? [] : read.problems.map((problem) => ({ path: problem.path, code: problem.code }))).toEqual(
    [{ path, code }],
  )
})

test('every message names a cure and stays short', () => {
  const long = `"${'x'.repeat(5_000)}`
  for (const text of [long, `{${long}":1`, '9'.repeat(5_000), '[1e999', '{"a":1,"a":2}']) {
    const read = readJson(text)
    for (const { message } of read.ok ? [] : read.problems)
      expect(message).toMatch(/^.{1,200}\. [A-Z][^.]*\.$/)
  }
})

test('every problem of a document is named, not only the first', () => {
  const read = readJson('{"a":1,"a":2,"b":["\\ud800",1e999]}')
  const codes = read.ok ? [] : read.problems.map(({ code }) => code)
  expect(codes).toEqual(['duplicate-key', 'lone-surrogate', 'number-range'])
})

test('lenient reading goes on past what breaks a rule and says where it lies', () => {
  const { value, problems } = readJsonLeniently('[{"id":"a","id":"b"},{"id":"c"}]')
  expect(value).toEqual([{ id: 'a' }, { id: 'c' }])
  expect(problems.map(({ path }) => path)).toEqual(['$[0].id'])
  expect(readJsonLeniently('[1,').value).toBeUndefined()
})

test('a key called __proto__ is a plain member and changes no prototype', () => {
  const read = readJson('{"__proto__":{"polluted":true},"a":1}')
  const value = (read.ok ? read.value : null) as { readonly [key: string]: Json }
  expect(Object.keys(value)).toEqual(['__proto__', 'a'])
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect('polluted' in {}).toBe(false)
})

test('the limit of bytes may be set, and counts UTF-8', () => {
  expect(readJson('"é"', 4).ok).toBe(true)
  expect(readJson('"é"', 3).ok).toBe(false)
  expect(readJson('"€"', 5).ok).toBe(true)
  expect(readJson('"😀"', 6).ok).toBe(true)
  expect(readJson('"😀"', 5).ok).toBe(false)
  expect(MAX_DOCUMENT_BYTES).toBe(524_288)
})

test.each([
  ['{\n  "a": 1,\n  // b\n  "b": 2\n}', 'line 3, column 3, character 15', 'JSON has no comments: remove it.'],
  ['[1] /* one */', 'line 1, column 5, character 5', 'JSON has no comments: remove it.'],
  [
    '{\r\n  "a": 1,\r\n}',
    'line 3, column 1, character 15',
    'JSON has no comma after the last one: remove it.',
  ],
  ['[1, 2, ]', 'line 1, column 8, character 8', 'JSON has no comma after the last one: remove it.'],
  ["{'a': 1}", 'line 1, column 2, character 2', 'JSON has double quotes only: use them.'],
  ['{"a": 1 "b": 2}', 'line 1, column 9, character 9', 'Correct the JSON.'],
])('%j: the line, the column and the cure are told', (text, place, cure) => {
  const read = readJson(text)
  expect(read.ok ? '' : read.problems[0]?.message).toContain(`(${place}). ${cure}`)
})
