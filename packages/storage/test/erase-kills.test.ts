import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { NOON, PLAN } from '../src/contract/builders.ts'
import { createSqliteStore } from '../src/sqlite.ts'
import { findCanary, markedEvent } from './support/canary.ts'
import { killAtWork } from './support/kill-at-work.ts'

const KILLS = process.env.ATTUNE_SOAK === '1' ? 1_000 : 20
const SIDE_BY_SIDE = 2
// Milliseconds: a quiet machine has erased in a third of this.
const LONGEST = 30
const PROGRAM = fileURLToPath(new URL('support/erase-one.ts', import.meta.url))

async function eraseUnderKill(delay: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-'))
  try {
    const path = join(folder, 'attune.db')
    const wasAnswered = await killAtWork(PROGRAM, path, { delay, done: 'erased' })
    if (wasAnswered) expect(findCanary(folder)).toEqual([])
    const store = createSqliteStore({ path })
    const left = await store.exportVisitor('v')
    if (wasAnswered) expect(left).toBeNull()
    // Whole or gone, never in between: 12 rounds of 1 to 5 events and a refused one each.
    if (left !== null) expect([left.events.length, left.rejected.length]).toEqual([33, 12])
    expect(await store.erase('v', NOON + 1)).toMatchObject({
      at: left === null ? NOON : NOON + 1,
      events: left === null ? 0 : 33,
      leftovers: [],
    })
    expect(findCanary(folder)).toEqual([])
    const late = store.append({ visitor: 'v', events: [markedEvent('late', 1)], plan: PLAN })
    await expect(late).rejects.toMatchObject({ name: 'VisitorErasedError' })
    expect((await store.exportVisitor('other 0'))?.events.length).toBeGreaterThan(0)
    await store.close()
    return wasAnswered
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test(
  `an erasure that is killed ${KILLS} times is finished when it is asked again, and what was answered stays gone`,
  async () => {
    const delays = Array.from({ length: KILLS }, (_, at) => (at * LONGEST) / KILLS)
    const one = async (): Promise<void> => {
      for (let delay = delays.pop(); delay !== undefined; delay = delays.pop()) await eraseUnderKill(delay)
    }
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, one))
  },
  KILLS * 10_000,
)
