import { expect, test } from 'vitest'
import { readSession } from '../src/context/read-session.ts'

const NOW = Date.UTC(2026, 4, 4, 12)
const SECONDS = NOW / 1000

test('a session that goes on is told as it stands', () => {
  expect(readSession(`3.7.${SECONDS - 600}.${SECONDS - 60}`, NOW)).toEqual({
    number: 3,
    pageViews: 7,
    seconds: 600,
  })
})

test('a session is over after 30 minutes of silence, and the next has seen nothing', () => {
  const cookie = `3.7.${SECONDS - 3_600}.${SECONDS - 1_800}`
  expect(readSession(cookie, NOW)).toEqual({ number: 3, pageViews: 7, seconds: 3_600 })
  expect(readSession(cookie, NOW + 1_000)).toEqual({ number: 4, pageViews: 0, seconds: 0 })
})

test('a clock that is a little behind the visitor’s counts no time below zero, one far behind begins a session', () => {
  expect(readSession(`1.1.${SECONDS + 5}.${SECONDS + 5}`, NOW)).toEqual({
    number: 1,
    pageViews: 1,
    seconds: 0,
  })
  expect(readSession(`1.1.${SECONDS + 9_999}.${SECONDS + 9_999}`, NOW)?.number).toBe(2)
})

test.each([
  undefined,
  '',
  '1',
  '1.2.3',
  '1.2.3.4.5',
  '-1.2.3.4',
  '1.2.3.4 ',
  '1e3.2.3.4',
  '1.2.3.99999999999',
])('a cookie that is %j is no session', (cookie) => {
  expect(readSession(cookie, NOW)).toBeUndefined()
})
