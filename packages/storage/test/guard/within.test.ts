import { stat } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { PLAN } from '../../src/contract/builders.ts'
import { guardReader } from '../../src/guard/guard-reader.ts'
import { within } from '../../src/guard/within.ts'

// Holds up this thread and no other: what was asked is answered meanwhile, and nobody has looked yet.
function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

test('an answer that came while the process stood still is in time', async () => {
  const asked = within(stat('.'), 20, () => new Error('late'))
  standStill(60)
  await expect(asked).resolves.toBeDefined()
})

test('a process that stands still opens no breaker and fails no page', async () => {
  const reader = guardReader({ load: () => stat('.').then(() => null) })
  for (let at = 0; at < 6; at++) {
    const page = reader.load(`v${at}`, PLAN)
    await Promise.resolve()
    standStill(60)
    await expect(page).resolves.toBeNull()
  }
  expect(reader.state()).toBe('closed')
})

test('an answer that never comes is late, also for a process that stood still', async () => {
  const asked = within(new Promise(() => {}), 5, () => new Error('late'))
  standStill(30)
  await expect(asked).rejects.toThrow('late')
})
