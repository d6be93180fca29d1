import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pseudonymsOf } from '@attune/collector'
import type { Ruleset } from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import { verifyAuditFile } from '@attune/storage/audit'
import { createSqliteConsentLog } from '@attune/storage/consent-sqlite'
import { createRedisQueue } from '@attune/storage/redis-queue'
import { createSqliteStore } from '@attune/storage/sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NO_REDIS, startRedis } from '../../../test/support/redis.ts'
import { erase } from '../src/commands/erase.ts'
import { exportCommand } from '../src/commands/export.ts'
import { main } from '../src/main.ts'
import { withKeysAtRest } from '../src/options/read-keys-at-rest.ts'
import { makeIo } from './support/make-io.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const NOON = Date.UTC(2026, 10, 1, 12)
const VISITOR = 'visitor-canary-7261'
const KEY = 'a key of the audit log alone that is long enough'
const RULESET: Ruleset = {
  version: 1,
  revision: 'r',
  events: { view_item: { properties: { item_id: 'string' } } },
  interests: { items: { of: 'item_id', halfLife: '14d', points: { view_item: 1 } } },
  segments: { boots: { when: { interest: 'items', top: 1, is: 'boots' } } },
}
const { plan } = compileDocument(RULESET)

let folder: string
let files: { log: string; heads: string; out: string }
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'attune-'))
  files = {
    log: join(folder, 'audit.log'),
    heads: join(folder, 'audit.heads'),
    out: join(folder, 'visitor.json'),
  }
  const store = openStore()
  for (const visitor of [VISITOR, 'somebody else']) {
    const event = { id: 'a', name: 'view_item', time: NOON, properties: { item_id: `of ${visitor}` } }
    await store.append({ visitor, events: [event], plan })
    await store.reject([{ reason: 'wrong-type', time: NOON, event: `"of ${visitor}"`, visitor }])
  }
  await store.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

const openStore = () => createSqliteStore({ path: join(folder, 'attune.db') })

const run = (command: string, ...args: readonly string[]) => runIn({}, command, ...args, '--data', folder)

async function runIn(env: { readonly [name: string]: string }, ...words: readonly string[]) {
  const { io, out, err } = makeIo({ env: { ATTUNE_AUDIT_KEY: KEY, ...env } })
  const code = await main(words, [erase, exportCommand], io, '1')
  return { code, out: out(), err: err() }
}
const audited = () => ['--audit', files.log]

test('an export holds what is kept of the visitor and nothing of another', async () => {
  const { code, out } = await run('export', VISITOR, ...audited())
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    version: 1,
    visitor: VISITOR,
    profile: { version: 1 },
    events: [{ id: 'a', properties: { item_id: `of ${VISITOR}` } }],
    rejected: [{ reason: 'wrong-type', event: `"of ${VISITOR}"` }],
  })
  expect(out).not.toContain('somebody else')
})

test('an export has the visitor’s own proofs of consent, and an erasure leaves them under a name of nobody', async () => {
  const ATTUNE_SECRET = 'a secret of more than thirty-two characters'
  const proofs = createSqliteConsentLog({ path: join(folder, 'consent.db') })
  for (const visitor of [VISITOR, 'somebody else']) {
    const [pseudonym] = pseudonymsOf(ATTUNE_SECRET, 'site', visitor)
    const change = { time: NOON, granted: ['preferences'] as const, text: `seen-by-${visitor}`, by: 'accept' }
    await proofs.append({ pseudonym, region: 'DE', globalPrivacyControl: false, ...change })
  }
  const ask = (command: string, ...args: readonly string[]) =>
    runIn({ ATTUNE_SECRET }, command, VISITOR, '--data', folder, ...args, ...audited())
  const exported = await ask('export')
  expect([JSON.parse(exported.out).consent, exported.err]).toEqual([
    [
      {
        time: NOON,
        granted: ['preferences'],
        text: `seen-by-${VISITOR}`,
        by: 'accept',
        region: 'DE',
        globalPrivacyControl: false,
      },
    ],
    '',
  ])
  expect(JSON.parse((await ask('erase', '--json')).out)).toMatchObject({ profiles: 1, proofs: 1 })
  expect((await proofs.read()).map(({ pseudonym }) => pseudonym)).not.toContain(VISITOR)
  expect(await proofs.read()).toHaveLength(2)
  await proofs.close()
})

test.each([true, false])(
  'of an account both know what its browsers answered before, noted at the sign-in: %j',
  async (isNoted) => {
    const ATTUNE_SECRET = 'a secret of more than thirty-two characters'
    const store = openStore()
    await store.mergeVisitor(VISITOR, 'the account', plan, NOON)
    await store.close()
    const proofs = createSqliteConsentLog({ path: join(folder, 'consent.db') })
    const names = (visitor: string) => pseudonymsOf(ATTUNE_SECRET, 'site', visitor)
    const change = { time: NOON, granted: ['preferences'] as const, text: 'of before', by: 'accept' }
    await proofs.append({
      ...{ ...change, region: 'DE', globalPrivacyControl: false },
      pseudonym: names(VISITOR)[0],
    })
    if (isNoted) await proofs.absorb(names(VISITOR), names('the account')[0], NOON)
    await proofs.close()
    const ask = (command: string, ...args: readonly string[]) =>
      runIn({ ATTUNE_SECRET }, command, 'the account', '--data', folder, ...args, ...audited())
    expect(JSON.parse((await ask('export')).out).consent).toMatchObject([{ text: 'of before' }])
    expect(JSON.parse((await ask('erase', '--json')).out)).toMatchObject({ profiles: 1, proofs: 1 })
    // Without a note the list of who was joined went with the account.
    const again = JSON.parse((await ask('erase', '--json')).out)
    expect(again).toMatchObject({ profiles: 0, proofs: isNoted ? 1 : 0 })
  },
)

test('without the secret an export says that it lacks the proofs', async () => {
  expect((await run('export', VISITOR, ...audited())).err).toContain('set ATTUNE_SECRET')
})

test('an export goes into a new file for its owner alone, and never over another', async () => {
  expect((await run('export', VISITOR, '--out', files.out, ...audited())).code).toBe(0)
  expect(JSON.parse(readFileSync(files.out, 'utf8')).events).toHaveLength(1)
  expect(statSync(files.out).mode & 0o777).toBe(0o600)
  const again = await run('export', VISITOR, '--out', files.out, ...audited())
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already')])
})

test('a receipt counts what went, and holds nothing of the visitor', async () => {
  const { code, out } = await run('erase', VISITOR, '--json', ...audited())
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({
    store: folder,
    at: expect.any(Number),
    profiles: 1,
    events: 1,
    rejected: 1,
    queued: 0,
    proofs: 0,
    leftovers: [],
  })
  expect(out).not.toContain(VISITOR)
  expect((await run('export', VISITOR, ...audited())).code).toBe(1)
  expect((await run('export', 'somebody else', ...audited())).code).toBe(0)
})

test('erasing again finds nothing left and says when it was first', async () => {
  const first = JSON.parse((await run('erase', VISITOR, '--json', ...audited())).out)
  const again = JSON.parse((await run('erase', VISITOR, '--json', ...audited())).out)
  expect(again).toEqual({ ...first, profiles: 0, events: 0, rejected: 0 })
})

test('who is not found under an id is not told that they were erased, and who was erased before is', async () => {
  const nobody = await run('erase', 'nobody', ...audited())
  expect([nobody.code, nobody.err]).toEqual([3, expect.stringContaining('Nothing was found under this id')])
  expect((await run('erase', VISITOR, ...audited())).code).toBe(0)
  const { io } = makeIo({ env: { ATTUNE_AUDIT_KEY: KEY }, tick: 60_000 })
  const words = ['erase', VISITOR, '--data', folder, ...audited()]
  expect(await main(words, [erase, exportCommand], io, '1')).toBe(0)
})

test.each(['erase', 'export'])('%s asks for a database that is there, and makes none', async (command) => {
  const nowhere = join(folder, 'nowhere')
  const { code, err } = await runIn({}, command, VISITOR, '--data', nowhere, ...audited())
  expect([code, err]).toEqual([2, expect.stringContaining('There is no database')])
  expect(existsSync(nowhere)).toBe(false)
})

test('after keys at rest were switched on, whoever was erased before stays erased', async () => {
  expect((await run('erase', VISITOR, ...audited())).code).toBe(0)
  const env = { ATTUNE_KEYS_AT_REST: 'a secret for keys at rest that is long enough,plain' }
  const store = withKeysAtRest(openStore(), env)
  const event = { id: 'late', name: 'view_item', time: NOON, properties: { item_id: 'x' } }
  const late = store.append({ visitor: VISITOR, events: [event], plan })
  await expect(late).rejects.toMatchObject({ name: 'VisitorErasedError' })
  await store.close()
})

test('both are written down before and after, under a pseudonym', async () => {
  await run('export', VISITOR, ...audited(), '--actor', 'dpo')
  await run('erase', VISITOR, ...audited())
  const log = readFileSync(files.log, 'utf8')
  const told = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ action, outcome, actor }) => [action, outcome, actor])
  expect(told).toEqual([
    ['profile.export', 'asked', 'dpo'],
    ['profile.export', 'done', 'dpo'],
    ['profile.erase', 'asked', 'cli'],
    ['profile.erase', 'done', 'cli'],
  ])
  expect(log).not.toContain(VISITOR)
  expect((await verifyAuditFile({ path: files.log, headPath: files.heads, key: [KEY] })).problems).toEqual([])
})

test('what cannot be written down is not done', async () => {
  writeFileSync(files.log, 'somebody wrote over it\n')
  const { code } = await run('erase', VISITOR, ...audited())
  expect(code).not.toBe(0)
  const store = openStore()
  expect(await store.load(VISITOR, plan)).not.toBeNull()
  await store.close()
})

test.each([
  [['erase', VISITOR], 'Who asked is written down first'],
  [['erase', 'x'.repeat(300), '--without-audit'], 'no visitor’s id'],
  [['export', VISITOR, '--without-audit', '--redis', 'redis://127.0.0.1:1'], 'two stores'],
])('%j is told what it lacks', async (args, message) => {
  const [command = '', ...rest] = args
  const { code, err } = await run(command, ...rest)
  expect([code, err]).toEqual([2, expect.stringContaining(message)])
})

test('who is kept under a pseudonym is found with the secrets that the site runs with, and not without', async () => {
  const env = { ATTUNE_KEYS_AT_REST: 'a secret for keys at rest that is long enough,plain' }
  const ask = (command: string, visitor: string, more: typeof env | object = env) =>
    runIn({ ...more }, command, visitor, '--data', folder, '--without-audit')
  const store = withKeysAtRest(openStore(), env)
  const event = { id: 'n', name: 'view_item', time: NOON, properties: { item_id: 'x' } }
  await store.append({ visitor: 'newcomer', events: [event], plan })
  await store.close()
  // It does not say that nobody is there: nobody could be found.
  const without = await ask('export', 'newcomer', {})
  expect([without.code, without.err]).toEqual([2, expect.stringContaining('ATTUNE_KEYS_AT_REST is not set')])
  expect(JSON.parse((await ask('export', 'newcomer')).out).events).toHaveLength(1)
  expect((await ask('erase', VISITOR)).code).toBe(0)
  expect((await ask('export', VISITOR)).code).toBe(1)
  const short = await ask('export', 'newcomer', { ATTUNE_KEYS_AT_REST: 'short' })
  expect([short.code, short.err]).toEqual([2, expect.stringContaining('at least 32 characters')])
})

test.skipIf(NO_REDIS)(
  `in a Redis the queue is erased as well, however many partitions it has${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  async () => {
    const server = await startRedis()
    const queue = createRedisQueue({ url: server.url, partitions: 5, timeout: 5_000 })
    const event = { id: 'q', name: 'view_item', time: NOON, properties: {} }
    await queue.push({ visitor: VISITOR, events: [event, { ...event, id: 'r' }], received: NOON })
    await queue.push({ visitor: 'somebody else', events: [event], received: NOON })
    const { code, out } = await runIn(
      { ATTUNE_SECRET: 'a secret of more than thirty-two characters', ATTUNE_DATA: folder },
      'erase',
      VISITOR,
      '--json',
      '--redis',
      server.url,
      '--without-audit',
    )
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ queued: 2, leftovers: [] })])
    expect(await queue.waiting()).toMatchObject({ entries: 1 })
    await queue.close()
    await server.stop()
  },
  60_000,
)
