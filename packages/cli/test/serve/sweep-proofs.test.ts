import { expect, test } from 'vitest'
import { createProofSweeper } from '../../src/serve/sweep-proofs.ts'

const DAY = 86_400_000
const NOON = Date.UTC(2026, 10, 1, 12)

test('proofs older than five years go, at once and then twice a day', () => {
  const swept: number[] = []
  const clock = { now: NOON }
  const sweep = createProofSweeper({
    log: { sweep: async (before) => swept.push((clock.now - before) / DAY) },
    clock: () => clock.now,
  })
  sweep()
  clock.now += DAY / 2 - 1
  sweep()
  clock.now += 1
  sweep()
  expect(swept).toEqual([1_825, 1_825])
})

test('a log that cannot be swept is told of', async () => {
  const told: unknown[] = []
  const trouble = new Error('full')
  const sweep = createProofSweeper({
    log: { sweep: async () => Promise.reject(trouble) },
    onError: (...problem) => told.push(problem),
  })
  sweep()
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  expect(told).toEqual([[trouble, 'sweep-consent']])
})
