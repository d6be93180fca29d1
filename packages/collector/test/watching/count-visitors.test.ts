import { expect, test } from 'vitest'
import { countVisitors } from '../../src/watching/count-visitors.ts'
import { NOW } from '../builders.ts'

const MINUTE = 60_000

test.each([1, 10, 1_000, 30_000, 300_000])('%i visitors are counted within two per cent', (many) => {
  const visitors = countVisitors(() => Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))
  for (let at = 0; at < many; at++) visitors.note(`visitor ${at}`, NOW + (at % 20) * MINUTE)
  for (let at = 0; at < many; at += 2) visitors.note(`visitor ${at}`, NOW + 20 * MINUTE)
  const estimate = visitors.estimate(NOW + 20 * MINUTE)
  expect(Math.abs(estimate - many) / many).toBeLessThan(0.02)
})

test('a visitor counts for half an hour after the last sign of life', () => {
  const visitors = countVisitors()
  visitors.note('a', NOW)
  visitors.note('b', NOW)
  visitors.note('b', NOW + 10 * MINUTE)
  expect([29, 30, 31, 40, 41].map((minutes) => visitors.estimate(NOW + minutes * MINUTE))).toEqual([
    2, 2, 1, 1, 0,
  ])
})

test('a field that is full says how many it can tell at most, not that they are without end', () => {
  const visitors = countVisitors()
  for (let at = 0; at < 1_200_000; at++) visitors.note(`${at}`, NOW)
  expect(visitors.estimate(NOW)).toBeLessThanOrEqual(Math.ceil(65_536 * Math.log(65_536)))
})
