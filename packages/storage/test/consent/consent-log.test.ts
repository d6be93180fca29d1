import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeConsentLog, makeChange } from '../../src/consent/describe-consent-log.ts'
import { createMemoryConsentLog } from '../../src/consent.ts'
import { createSqliteConsentLog } from '../../src/consent-sqlite.ts'

let folder: string
let files = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-consent-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const freshPath = (): string => join(folder, `consent-${++files}.sqlite`)

describeConsentLog('memory', async () => createMemoryConsentLog())
describeConsentLog('SQLite', async () => createSqliteConsentLog({ path: freshPath() }))

test('SQLite: what was kept is there when the file is opened again, and the last row still tells a repetition', async () => {
  const path = freshPath()
  const first = createSqliteConsentLog({ path })
  await first.append(makeChange())
  await first.close()
  const second = createSqliteConsentLog({ path })
  expect(await second.append(makeChange({ time: 1 }))).toBe(false)
  expect(await second.read()).toEqual([{ ...makeChange(), id: 1 }])
  await second.close()
})

test('SQLite: two processes keep one row of one change', async () => {
  const path = freshPath()
  const logs = [createSqliteConsentLog({ path }), createSqliteConsentLog({ path })]
  const kept = await Promise.all(logs.map((log) => log.append(makeChange())))
  expect(kept.sort()).toEqual([false, true])
  for (const log of logs) await log.close()
})

test('SQLite: an erased pseudonym is in no byte of the file', async () => {
  const path = freshPath()
  const log = createSqliteConsentLog({ path })
  const canary = 'canary-of-a-pseudonym'
  await log.append(makeChange({ pseudonym: canary }))
  await log.append(makeChange({ pseudonym: 'other' }))
  await log.erase([canary])
  // Closing folds the write-ahead log into the file.
  await log.close()
  expect(readFileSync(path).includes(canary)).toBe(false)
})

test('SQLite: a file of a later version is refused with the cure, a closed log says what to look at', async () => {
  const path = freshPath()
  const db = new DatabaseSync(path)
  db.exec('PRAGMA user_version = 9')
  db.close()
  expect(() => createSqliteConsentLog({ path })).toThrow(
    /has schema 9, this version knows 1. Update @attune\/storage/,
  )
  const log = createSqliteConsentLog({ path: freshPath() })
  await log.close()
  await expect(log.append(makeChange())).rejects.toThrow(/\[storage\] consent log: .* Look at the disk/)
})
