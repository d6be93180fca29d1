import { expect, test } from 'vitest'
import { createReplayGuard } from '../../src/index.ts'

const MINUTE = 60_000

test('a nonce is known for as long as its signature could be good', async () => {
  const guard = createReplayGuard()
  expect(await guard.claim('a', 0)).toBe('first')
  expect(await guard.claim('a', 10 * MINUTE)).toBe('seen')
  expect(await guard.claim('b', 10 * MINUTE)).toBe('first')
  expect(await guard.claim('b', 20 * MINUTE)).toBe('seen')
})

test('what is too old to be good is forgotten', async () => {
  const guard = createReplayGuard(1)
  await guard.claim('a', 0)
  expect(await guard.claim('a', 25 * MINUTE)).toBe('first')
})

test('a guard that is full takes none that it could not know again, until there is room', async () => {
  const guard = createReplayGuard(2)
  await guard.claim('a', 0)
  await guard.claim('b', 0)
  expect(await guard.claim('c', 9 * MINUTE)).toBe('full')
  expect(await guard.claim('a', 9 * MINUTE)).toBe('seen')
  expect(await guard.claim('c', 10 * MINUTE)).toBe('first')
})
