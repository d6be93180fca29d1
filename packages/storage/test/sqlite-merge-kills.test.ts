import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeEvents, NOON, PLAN } from '../src/contract/builders.ts'
import { createSqliteStore } from '../src/sqlite.ts'
import { killAtWork } from './support/kill-at-work.ts'

const KILLS = process.env.ATTUNE_SOAK === '1' ? 500 : 5
// Milliseconds: a quiet machine has merged in less.
const LONGEST = 40
const PROGRAM = fileURLToPath(new URL('support/merge-one.ts', import.meta.url))
const EVENTS = makeEvents(600)

async function mergeUnderKill(delay: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-'))
  const path = join(folder, 'attune.db')
  const wasAnswered = await killAtWork(PROGRAM, path, { delay, done: 'merged' })
  const store = createSqliteStore({ path })
  const left = await store.exportVisitor('phone')
  if (wasAnswered) expect(left).toBeNull()
  // Whole or not begun, never in between.
  const there = await store.exportVisitor('account')
  expect(there?.events).toHaveLength(left === null ? 600 : 40)
  if (left !== null) expect(left.events).toHaveLength(560)
  await store.mergeVisitor('phone', 'account', PLAN, NOON)
  expect((await store.exportVisitor('account'))?.events).toEqual(EVENTS)
  const { duplicates, profile } = await store.append({ visitor: 'account', events: EVENTS, plan: PLAN })
  expect(duplicates).toHaveLength(600)
  expect(profile.signals['total view_item']).toEqual({ total: 300 })
  await store.close()
  rmSync(folder, { recursive: true })
}

test(
  `a merge in SQLite that is killed ${KILLS} times was done or not begun, and asking again ends it`,
  async () => {
    for (let at = 0; at < KILLS; at++) await mergeUnderKill((at * LONGEST) / KILLS)
  },
  KILLS * 15_000,
)
