import { expect, test } from 'vitest'
import { createRestingVisitors } from '../../src/queue/resting-visitors.ts'

function make() {
  const time = { now: 0 }
  return { time, resting: createRestingVisitors(() => time.now) }
}

test('who failed rests for 50 ms at the most, then longer, until a fold is accepted', () => {
  const { time, resting } = make()
  resting.troubled('v')
  expect([resting.isResting('v'), resting.isResting('w')]).toEqual([true, false])
  time.now = 50
  expect(resting.isResting('v')).toBe(false)
  for (let more = 0; more < 5; more++) resting.troubled('v')
  time.now = 100
  expect(resting.isResting('v')).toBe(true)
  resting.folded('v')
  expect(resting.isResting('v')).toBe(false)
})

test('a visitor is alone when others were folded since it began, and few are in trouble', () => {
  const { resting } = make()
  resting.folded('before')
  expect(resting.isAlone('v')).toBe(false)
  resting.troubled('v')
  expect(resting.isAlone('v')).toBe(false)
  resting.folded('w')
  expect(resting.isAlone('v')).toBe(true)
  expect([resting.failedAlone('v'), resting.failedAlone('v')]).toEqual([1, 2])
  for (let at = 0; at < 8; at++) resting.troubled(`node${at}`)
  expect(resting.isAlone('v')).toBe(false)
})
