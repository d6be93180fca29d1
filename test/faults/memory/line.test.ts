import { expect, test } from 'vitest'
import { type Sample, trendOf } from './line.ts'

const TOLERANCE = { share: 0.05, bytes: 100 }
const samplesOf = (heapAt: (at: number) => number): readonly Sample[] =>
  Array.from({ length: 41 }, (_, at) => ({ at: at * 10, heap: heapAt(at * 10), rss: 0 }))

test('what fills its caches at first and then stays is flat', () => {
  const trend = trendOf(
    samplesOf((at) => Math.min(at, 90) * 1_000 + (at % 20) * 40),
    'heap',
    TOLERANCE,
  )
  expect(trend).toMatchObject({ first: 90_000, last: 90_000, isFlat: true })
})

test('what grows a little all the time is not', () => {
  const { slope, growth, isFlat } = trendOf(
    samplesOf((at) => 90_000 + 20 * at),
    'heap',
    TOLERANCE,
  )
  expect(slope).toBeCloseTo(20)
  expect(growth).toBeCloseTo(6_000)
  expect(isFlat).toBe(false)
})

test('what shrinks is flat, and so is what nobody measured', () => {
  expect(
    trendOf(
      samplesOf((at) => 90_000 - at),
      'heap',
      TOLERANCE,
    ).isFlat,
  ).toBe(true)
  expect(trendOf([], 'heap', TOLERANCE)).toEqual({ first: 0, last: 0, slope: 0, growth: 0, isFlat: true })
})
