import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeEvents, NOON, PLAN } from '../src/contract/builders.ts'
import { createSqliteStore } from '../src/sqlite.ts'

const KILLS = process.env.ATTUNE_SOAK === '1' ? 500 : 5
// Milliseconds: a quiet machine has merged in less.
const LONGEST = 40
const PROGRAM = fileURLToPath(new URL('support/merge-one.ts', import.meta.url))
const EVENTS = makeEvents(600)

/** Kills a process `delay` milliseconds after it began to merge; answers whether it had said that it was done. */
async function killMerging(path: string, delay: number): Promise<boolean> {
  const child = spawn(process.execPath, [PROGRAM, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  let said = ''
  for await (const chunk of child.stdout) {
    const wasPlanted = said.includes('planted')
    said += String(chunk)
    if (!wasPlanted && said.includes('planted')) setTimeout(() => child.kill('SIGKILL'), delay)
  }
  await ended
  expect(said).toContain('planted')
  return said.includes('merged')
}

async function mergeUnderKill(delay: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-'))
  const path = join(folder, 'attune.db')
  const wasAnswered = await killMerging(path, delay)
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
