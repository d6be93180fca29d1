import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { withPseudonyms } from '@attune/storage/pseudonyms'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect, test, vi } from 'vitest'
import { findCanary } from '../../storage/test/support/canary.ts'
import { erase } from '../src/commands/erase.ts'
import { serve } from '../src/commands/serve.ts'
import { main } from '../src/main.ts'
import { makeIo } from './support/make-io.ts'
import { BROWSER, makeSite, SECRET, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

const AT_REST = 'a secret of keys at rest that is long enough'
const CANARY = 'kanarienvogel'

// A site with a volume of its own for the list, and one visitor who did something.
async function makeKnown() {
  const folder = makeSite()
  mkdirSync(join(folder, 'elsewhere'))
  const env = {
    ATTUNE_KEYS_AT_REST: AT_REST,
    ATTUNE_ERASED: join(folder, 'elsewhere', 'erased.list'),
    ATTUNE_SECRET: SECRET,
  }
  const { base, end } = await startServing([], { folder, env })
  const answered = await fetch(`${base}/attune/collect`, {
    method: 'POST',
    headers: {
      'user-agent': BROWSER,
      origin: base,
      'content-type': 'application/json',
      cookie: 'attune_consent=preferences',
    },
    body: JSON.stringify({
      events: [{ id: CANARY, name: 'view_item', time: Date.now(), properties: {} }],
    }),
  })
  expect(answered.status).toBe(200)
  const [visitor = ''] = /(?<=~)[\w-]{22}(?=~)/.exec(answered.headers.getSetCookie().join()) ?? []
  await end()
  return { folder, env, visitor, data: join(folder, 'data'), backup: join(folder, 'backup') }
}

async function runErase(env: { readonly [name: string]: string }, ...args: readonly string[]) {
  const { io, out, err } = makeIo({ env })
  return { code: await main(['erase', ...args], [erase], io, '1'), out: out(), err: err() }
}

test('after a backup is put back, nobody who was erased is known to a server that has started', async () => {
  const { folder, env, visitor, data, backup } = await makeKnown()
  cpSync(data, backup, { recursive: true })
  expect((await runErase(env, '--data', data, '--without-audit', '--', visitor)).code).toBe(0)
  expect(findCanary(data, CANARY)).toEqual([])
  rmSync(data, { recursive: true })
  cpSync(backup, data, { recursive: true })
  expect(findCanary(data, CANARY).length).toBeGreaterThan(0)
  const audited = { ATTUNE_AUDIT_LOG: join(folder, 'audit.log'), ATTUNE_AUDIT_KEY: AT_REST.repeat(2) }
  const { err, end } = await startServing([], { folder, env: { ...env, ...audited } })
  expect(findCanary(data, CANARY)).toEqual([])
  const told = readFileSync(audited.ATTUNE_AUDIT_LOG, 'utf8')
  expect(told).toMatch(/"action":"profile.erase","outcome":"done","actor":"system","counts":\{"again":1/)
  expect(err()).toContain('1 who had been erased were known again')
  await end()
  const store = withPseudonyms(createSqliteStore({ path: join(data, 'attune.db') }), AT_REST)
  expect(await store.exportVisitor(visitor)).toBeNull()
  await store.close()
  expect(readFileSync(env.ATTUNE_ERASED, 'utf8')).not.toContain(visitor)
  // A second start finds nothing to do.
  const again = await startServing([], { folder, env })
  expect(again.err()).not.toContain('had been erased')
})

test('by hand it is `attune erase --again`, which is written down and says what it did', async () => {
  const { env, visitor, data, backup, folder } = await makeKnown()
  cpSync(data, backup, { recursive: true })
  await runErase(env, '--data', data, '--without-audit', '--', visitor)
  rmSync(data, { recursive: true })
  cpSync(backup, data, { recursive: true })
  const audit = ['--audit', join(folder, 'audit.log')]
  const named = { ...env, ATTUNE_AUDIT_KEY: 'a key of the audit log alone that is long enough' }
  const done = await runErase(named, '--again', '--json', '--data', data, ...audit)
  expect([done.code, JSON.parse(done.out)]).toEqual([
    0,
    { store: data, listed: 1, again: 1, damaged: 0, leftovers: [] },
  ])
  expect(findCanary(data, CANARY)).toEqual([])
  expect(readFileSync(join(folder, 'audit.log'), 'utf8')).toContain('"counts":{"again":1,"listed":1}')
  appendFileSync(env.ATTUNE_ERASED, 'no entry\n')
  const once = await runErase(env, '--again', '--data', data, '--without-audit')
  expect([once.code, once.out]).toEqual([
    1,
    expect.stringMatching(/0 were known again.*\n.*hold no entry: 1/),
  ])
})

test.each([
  [{ ATTUNE_KEYS_AT_REST: 'plain' }, [], 'is to hold no ids'],
  [{ ATTUNE_KEYS_AT_REST: `${AT_REST},plain` }, [], 'attune rekey'],
  [{ ATTUNE_KEYS_AT_REST: AT_REST }, ['--erased', '/no/such/volume/erased.list'], 'There is no file'],
])('%j with %j is refused at the start, and says why', async (env, options, why) => {
  const folder = makeSite()
  const where = ['--ruleset', join(folder, 'rules.json'), '--data', join(folder, 'data'), '--port', '0']
  const file = join(folder, 'erased.list')
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET, ATTUNE_ERASED: file, ...env } })
  expect(await main(['serve', ...where, ...options], [serve], io, '1')).toBe(2)
  expect(err()).toContain(why)
})

test('who is to be erased is named, or all are, and the list is', async () => {
  const { data, env, visitor } = await makeKnown()
  expect((await runErase(env, '--data', data)).err).toContain('<visitor> is missing')
  expect((await runErase(env, '--again', '--data', data, '--', visitor)).err).toContain('Leave <visitor> out')
  const { ATTUNE_ERASED: _list, ...without } = env
  expect((await runErase(without, '--again', '--data', data)).err).toContain('needs the list')
})
