import { expect, test } from 'vitest'
import { createDelayHistogram } from '../../src/queue/delay-histogram.ts'

test('quantiles are at most 8 % above what was added', () => {
  const delays = createDelayHistogram()
  for (let at = 1; at <= 1_000; at++) delays.add(at)
  for (const share of [0.1, 0.5, 0.9, 0.99]) {
    const exact = share * 1_000
    expect(delays.quantile(share)).toBeGreaterThanOrEqual(exact)
    expect(delays.quantile(share)).toBeLessThanOrEqual(exact * 1.09)
  }
  expect([delays.quantile(1), delays.count, delays.sum, delays.longest]).toEqual([
    1_000, 1_000, 500_500, 1_000,
  ])
})

test('a batch counts as many times as it has events, and a clock that is behind counts as 0', () => {
  const delays = createDelayHistogram()
  delays.add(-20, 3)
  delays.add(2 ** 40)
  expect(delays.buckets()).toEqual([
    { upTo: 1, count: 3 },
    { upTo: 2 ** 30, count: 1 },
  ])
  expect(delays.quantile(0.5)).toBe(1)
})

test('nothing has no delay', () => {
  const delays = createDelayHistogram()
  expect([delays.quantile(0.99), delays.count, delays.longest, delays.buckets()]).toEqual([0, 0, 0, []])
})
