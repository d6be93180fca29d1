import { describe, expect, test } from 'vitest'
import { mergeSteps, stepSize } from '../../src/live/page/merge-steps.ts'
import { niceScale } from '../../src/live/page/nice-scale.ts'
import { stepArea } from '../../src/live/page/step-area.ts'
import { countOf, rateText, shareText } from '../../src/live/page/words.ts'

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [4, [0, 1, 2, 3, 4]],
  [6, [0, 2, 4, 6]],
  [66, [0, 20, 40, 60, 80]],
  [100, [0, 20, 40, 60, 80, 100]],
  [2_300, [0, 500, 1_000, 1_500, 2_000, 2_500]],
])('a scale for %i begins at zero and has few whole steps', (value, ticks) => {
  expect(niceScale(value)).toEqual({ most: ticks.at(-1), ticks })
})

test('an area holds each value for its whole second, upon the one below', () => {
  const heightOf = (value: number): number => 10 - value
  expect(stepArea([0, 1], [2, 4], { left: 0, width: 20, heightOf })).toBe('M0 10V8H10V6H20V9H10V10H0Z')
})

test('a drawing has as many steps as can be seen, each the mean of its seconds', () => {
  expect([900, 500, 205, 20].map((pixels) => stepSize(300, pixels))).toEqual([1, 2, 4, 10])
  expect(mergeSteps([1, 3, 5, 7, 0, 2], 2)).toEqual([2, 6, 1])
})

describe('a share', () => {
  test.each([
    [0, 0, '–'],
    [0, 9, '0 %'],
    [9, 9, '100 %'],
    [1, 3, '33.3 %'],
    [16, 100, '16.0 %'],
    [9_999, 10_000, '> 99.9 %'],
    [1, 10_000, '< 0.1 %'],
  ])('%i of %i is %s', (part, all, text) => {
    expect(shareText(part, all)).toBe(text)
  })
})

test('a rate below ten has a decimal, and a count its noun', () => {
  expect([rateText(4.25), rateText(42.4), rateText(0), countOf(1, 'event'), countOf(1_200, 'event')]).toEqual(
    ['4.3', '42', '0', '1 event', '1,200 events'],
  )
})
