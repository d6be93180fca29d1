import { encodeCode, type Ruleset } from '@attune/core'
import { expect, test } from 'vitest'
import { createCodeCache } from '../src/decision/code-cache.ts'
import { keys } from './make.ts'

const variants = Array.from({ length: 40 }, (_, at) => `v${at}`)
const ruleset: Ruleset = {
  version: 1,
  revision: 'r',
  placements: { a: { baseline: 'v0', variants }, b: { baseline: 'v0', variants } },
  routes: { '/': ['a', 'b'], '/x': ['a', 'b'] },
}

test('every combination of every route gets its own code, more than are remembered too', () => {
  const encode = createCodeCache(keys, 'site', ruleset)
  const shown = variants.flatMap((a) => variants.map((b) => ({ a, b })))
  const asked = [...shown, ...shown].map((both) => encode('/', both))
  const signed = shown.map((both) => encodeCode(keys, 'site', ruleset, '/', both))
  expect(asked).toEqual([...signed, ...signed])
  expect(new Set(signed).size).toBe(1_600)
  expect(encode('/x', shown[0]!)).toBe(encodeCode(keys, 'site', ruleset, '/x', shown[0]!))
})
