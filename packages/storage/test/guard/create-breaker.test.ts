import { expect, test } from 'vitest'
import { createBreaker } from '../../src/guard/create-breaker.ts'

function makeBreaker(random = 0.5) {
  const time = { now: 0 }
  return { time, breaker: createBreaker({ clock: () => time.now, random: () => random }) }
}

type Breaker = ReturnType<typeof createBreaker>

function fail(breaker: Breaker, times: number): void {
  for (let at = 0; at < times; at++) {
    breaker.mayAsk()
    breaker.failed()
  }
}

test('four failures in a row leave it closed, the fifth opens it', () => {
  const { breaker } = makeBreaker()
  fail(breaker, 4)
  expect([breaker.state(), breaker.mayAsk()]).toEqual(['closed', true])
  breaker.failed()
  expect([breaker.state(), breaker.mayAsk()]).toEqual(['open', false])
})

test('half of the last twenty open it, never five in a row', () => {
  const { breaker } = makeBreaker()
  for (let at = 0; at < 9; at++) {
    breaker.failed()
    breaker.succeeded()
  }
  expect(breaker.state()).toBe('closed')
  breaker.failed()
  expect(breaker.state()).toBe('open')
})

test('failures older than the last twenty are forgotten', () => {
  const { breaker } = makeBreaker()
  for (let at = 0; at < 9; at++) {
    breaker.failed()
    breaker.succeeded()
  }
  for (let at = 0; at < 20; at++) breaker.succeeded()
  fail(breaker, 4)
  expect(breaker.state()).toBe('closed')
})

test('open, it lets one question through a second, and that one decides', () => {
  const { breaker, time } = makeBreaker()
  fail(breaker, 5)
  time.now = 999
  expect(breaker.mayAsk()).toBe(false)
  time.now = 1_000
  expect([breaker.mayAsk(), breaker.mayAsk(), breaker.state()]).toEqual([true, false, 'half-open'])
  breaker.failed()
  expect([breaker.state(), breaker.mayAsk()]).toEqual(['open', false])
  time.now = 2_000
  expect(breaker.mayAsk()).toBe(true)
  breaker.succeeded()
  expect([breaker.state(), breaker.mayAsk(), breaker.mayAsk()]).toEqual(['closed', true, true])
})

test('closed again, it needs five new failures', () => {
  const { breaker, time } = makeBreaker()
  fail(breaker, 5)
  time.now = 1_000
  breaker.mayAsk()
  breaker.succeeded()
  fail(breaker, 4)
  expect(breaker.state()).toBe('closed')
})

test('a probe that never comes back is followed by another', () => {
  const { breaker, time } = makeBreaker()
  fail(breaker, 5)
  time.now = 1_000
  expect(breaker.mayAsk()).toBe(true)
  time.now = 2_000
  expect(breaker.mayAsk()).toBe(true)
})

test.each([
  [0, 750],
  [0.5, 1_000],
  [1, 1_250],
])('chance %d probes after %d ms: instances do not probe in step', (random, after) => {
  const { breaker, time } = makeBreaker(random)
  fail(breaker, 5)
  time.now = after - 1
  expect(breaker.mayAsk()).toBe(false)
  time.now = after
  expect(breaker.mayAsk()).toBe(true)
})

test('answers to what was asked before it opened do not keep it open or close it', () => {
  const { breaker, time } = makeBreaker()
  fail(breaker, 5)
  time.now = 500
  breaker.failed()
  breaker.succeeded()
  expect(breaker.state()).toBe('open')
  time.now = 1_000
  expect(breaker.mayAsk()).toBe(true)
})
