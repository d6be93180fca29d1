import { bucketOf, murmur3 } from '@attune/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hash32 } from './oracle/decide.ts'

test.each([
  ['', 0, 0],
  ['', 1, 0x514e28b7],
  ['', 0xffffffff, 0x81f16f39],
  ['test', 0, 0xba6bd213],
  ['test', 0x9747b28c, 0x704b81dc],
  ['Hello, world!', 0, 0xc0363e43],
  ['Hello, world!', 0x9747b28c, 0x24884cba],
  ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
])('%j with seed %i has its published hash', (text, seed, hash) => {
  expect(murmur3(text, seed)).toBe(hash)
})

test('any text hashes as a second, slow implementation says', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(murmur3(text)).toBe(hash32(text))
    }),
    { numRuns: 2_000 },
  )
})

test('a lone surrogate hashes as the replacement character', () => {
  expect(murmur3('a\ud800')).toBe(murmur3('a\ufffd'))
})

test('buckets of many visitors spread evenly', () => {
  const counts = new Array<number>(10).fill(0)
  for (let visitor = 0; visitor < 20_000; visitor++)
    counts[Math.floor(bucketOf(`v${visitor}`, 'x') / 1000)]!++
  // 2,000 are expected in each tenth; five standard deviations are 212.
  for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(212)
})
