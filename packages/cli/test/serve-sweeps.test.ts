import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { compileDocument } from '@attune/core/publish'
import { createSqliteConsentLog } from '@attune/storage/consent-sqlite'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect, test, vi } from 'vitest'
import { sweepOften } from '../src/serve/sweep-often.ts'
import { makeRuleset } from './support/make-ruleset.ts'
import { makeSite, PATIENCE, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const YEAR = 365 * 86_400_000
const { plan } = compileDocument(makeRuleset())

test('what has outlived its retention goes although nobody asks for anything', async () => {
  const folder = makeSite()
  const events = join(folder, 'data', 'attune.db')
  const store = createSqliteStore({ path: events })
  const event = { id: 'old', name: 'view_item', time: Date.now() - 3 * YEAR, properties: {} }
  await store.append({ visitor: 'gone', events: [event], plan })
  const proofs = join(folder, 'data', 'consent.db')
  const log = createSqliteConsentLog({ path: proofs })
  const change = { text: 't', by: 'accept', region: null, globalPrivacyControl: false }
  await log.append({ ...change, pseudonym: null, time: 1, granted: [] })
  await startServing([], { folder })
  await expect.poll(() => store.load('gone', plan), PATIENCE).toBeNull()
  await expect.poll(() => log.read(), PATIENCE).toEqual([])
  await store.close()
  await log.close()
})

test('a site that proves nothing gets no file by being swept', async () => {
  const folder = makeSite()
  const { end } = await startServing([], { folder })
  await end()
  expect(existsSync(join(folder, 'data', 'consent.db'))).toBe(false)
})

test('it is swept at once and then every hour, until that is ended', () => {
  vi.useFakeTimers()
  try {
    const sweep = vi.fn<() => void>()
    const end = sweepOften(sweep)
    expect(sweep).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(2 * 3_600_000)
    expect(sweep).toHaveBeenCalledTimes(3)
    end()
    vi.advanceTimersByTime(24 * 3_600_000)
    expect(sweep).toHaveBeenCalledTimes(3)
  } finally {
    vi.useRealTimers()
  }
})
