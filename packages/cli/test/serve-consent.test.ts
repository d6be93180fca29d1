import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createSqliteConsentLog } from '@attune/storage/consent-sqlite'
import { expect, test, vi } from 'vitest'
import { serve } from '../src/commands/serve.ts'
import { main } from '../src/main.ts'
import { makeIo } from './support/make-io.ts'
import { BROWSER, makeSite, SECRET, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

function tell(base: string, headers: { readonly [name: string]: string }): Promise<Response> {
  return fetch(`${base}/attune/consent`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER, origin: base, ...headers },
    body: JSON.stringify({ by: 'accept', text: '2026-11' }),
  })
}

test('what a visitor answered is in consent.db beside the database before 204 says so', async () => {
  const folder = makeSite()
  const { base, end } = await startServing([], { folder })
  const path = join(folder, 'data', 'consent.db')
  expect(existsSync(path)).toBe(false)
  const answer = await tell(base, { cookie: 'attune_consent=preferences.statistics' })
  expect([answer.status, answer.headers.getSetCookie().join()]).toEqual([
    204,
    expect.stringContaining('attune_visitor='),
  ])
  const log = createSqliteConsentLog({ path })
  const rows = await log.read()
  await log.close()
  expect(rows).toMatchObject([{ granted: ['preferences', 'statistics'], by: 'accept', text: '2026-11' }])
  expect(await end()).toBe(0)
})

test('with the first answer proofs older than five years go, but for what a consent of today stands on', async () => {
  const folder = makeSite()
  const path = join(folder, 'data', 'consent.db')
  const old = createSqliteConsentLog({ path })
  const change = { text: 't', by: 'accept', region: null, globalPrivacyControl: false }
  await old.append({ ...change, pseudonym: null, time: 1, granted: [] })
  await old.append({ ...change, pseudonym: 'p', time: 2, granted: ['preferences'] })
  await old.close()
  const { base, end } = await startServing([], { folder })
  expect((await tell(base, { cookie: 'attune_consent=none' })).status).toBe(204)
  expect(await end()).toBe(0)
  const log = createSqliteConsentLog({ path })
  const rows = await log.read()
  await log.close()
  expect(rows.map(({ pseudonym, granted }) => [pseudonym, granted])).toEqual([
    ['p', ['preferences']],
    [null, []],
  ])
})

test('with --proofs they go so many days old', async () => {
  const folder = makeSite()
  const path = join(folder, 'data', 'consent.db')
  const old = createSqliteConsentLog({ path })
  const change = { text: 't', by: 'accept', region: null, globalPrivacyControl: false }
  await old.append({ ...change, pseudonym: null, time: Date.now() - 3 * 86_400_000, granted: [] })
  await old.close()
  const { base, end } = await startServing(['--proofs', '2'], { folder })
  expect((await tell(base, { cookie: 'attune_consent=preferences' })).status).toBe(204)
  expect(await end()).toBe(0)
  const log = createSqliteConsentLog({ path })
  const rows = await log.read()
  await log.close()
  expect(rows.map(({ granted }) => granted)).toEqual([['preferences']])
})

test('who refuses stays unknown, and another origin is not heard', async () => {
  const { base } = await startServing()
  const refused = await tell(base, { cookie: 'attune_consent=none' })
  expect([refused.status, refused.headers.getSetCookie()]).toEqual([204, []])
  const other = await tell(base, { cookie: 'attune_consent=preferences', origin: 'https://other.example' })
  expect(other.status).toBe(403)
})

test('a log that cannot be written is a 503 and a line in the log, and events are taken all the same', async () => {
  const folder = makeSite()
  mkdirSync(join(folder, 'data', 'consent.db'), { recursive: true })
  const { base, err } = await startServing([], { folder })
  expect((await tell(base, { cookie: 'attune_consent=preferences' })).status).toBe(503)
  expect(err()).toContain('consent')
  expect((await fetch(`${base}/healthz`)).status).toBe(200)
})

test('gpc.json is there when the owner says so, and only then', async () => {
  const [said, unsaid] = await Promise.all([startServing(['--gpc', '2026-11-22']), startServing()])
  const address = '/.well-known/gpc.json'
  expect(await (await fetch(said.base + address)).json()).toEqual({ gpc: true, lastUpdate: '2026-11-22' })
  expect((await fetch(said.base + address, { method: 'POST' })).status).toBe(405)
  expect((await fetch(unsaid.base + address)).status).toBe(404)
})

test('a day that is none keeps the server from starting', async () => {
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET } })
  expect(await main(['serve', '--ruleset', 'nowhere.json', '--gpc', 'today'], [serve], io, '1')).toBe(2)
  expect(err()).toContain('--gpc is "today". Name a day, as in 2026-11-22.')
})
