import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileDocument } from '@attune/core/publish'
import { createVisitorKeys, withPseudonyms } from '@attune/storage/pseudonyms'
import { createRedisStore } from '@attune/storage/redis'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect, test, vi } from 'vitest'
import { freePort } from '../../../test/support/free-port.ts'
import { NO_REDIS, startRedis } from '../../../test/support/redis.ts'
import { exportCommand } from '../src/commands/export.ts'
import { rekey } from '../src/commands/rekey.ts'
import { serve } from '../src/commands/serve.ts'
import { main } from '../src/main.ts'
import { makeFolder } from './support/make-folder.ts'
import { makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'
import { startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 60_000 })

const NEW = 'a secret for keys at rest that is long enough'
const OLD = 'another secret for keys at rest that is long enough'

async function makeData(): Promise<string> {
  const folder = makeFolder({ 'rules.json': JSON.stringify(makeRuleset()) })
  const store = createSqliteStore({ path: join(folder, 'attune.db') })
  const { plan } = compileDocument(makeRuleset())
  for (const visitor of ['kanarienvogel-1', 'kanarienvogel-2'])
    await store.append({ visitor, events: [{ id: 'a', name: 'purchase', time: 0, properties: {} }], plan })
  await store.close()
  return folder
}

async function run(env: { readonly [name: string]: string }, ...words: readonly string[]) {
  const { io, out, err } = makeIo({ env: { ATTUNE_SECRET: 'x'.repeat(32), ...env } })
  const code = await main(words, [exportCommand, rekey, serve], io, '1')
  return { code, out: out(), err: err() }
}

test('everybody is moved, is found by the new secret alone, and no id is left in the file', async () => {
  const folder = await makeData()
  const before = { ATTUNE_KEYS_AT_REST: `${NEW},plain` }
  const moved = await run(before, 'rekey', '--data', folder, '--without-audit')
  expect([moved.code, moved.out]).toEqual([
    0,
    expect.stringMatching(/^2 moved to the secret named [\w-]{4}\.\n$/),
  ])
  const after = { ATTUNE_KEYS_AT_REST: NEW }
  const exported = await run(after, 'export', 'kanarienvogel-1', '--data', folder, '--without-audit')
  expect(JSON.parse(exported.out).events).toHaveLength(1)
  expect(readFileSync(join(folder, 'attune.db'), 'latin1')).not.toContain('kanarienvogel')
  const again = await run(after, 'rekey', '--data', folder, '--without-audit')
  expect([again.code, again.out.startsWith('0 moved')]).toEqual([0, true])
})

test('it is written down, and needs the keys and a database', async () => {
  const folder = await makeData()
  const keys = { ATTUNE_KEYS_AT_REST: `${NEW},plain` }
  const log = join(folder, 'audit.log')
  const audit = {
    ATTUNE_AUDIT_LOG: log,
    ATTUNE_AUDIT_KEY: 'a key of the audit log alone that is long enough',
  }
  expect((await run({ ...keys, ...audit }, 'rekey', '--data', folder)).code).toBe(0)
  expect(readFileSync(log, 'utf8')).toContain('"action":"key.change","outcome":"done"')
  const without = await run({}, 'rekey', '--data', folder, '--without-audit')
  expect([without.code, without.err]).toEqual([2, expect.stringContaining('ATTUNE_KEYS_AT_REST is not set')])
  const nowhere = await run(keys, 'rekey', '--data', join(folder, 'no'), '--without-audit')
  expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('There is no database')])
})

test('wrong keys are told as such, at every start, and nobody becomes nobody', async () => {
  const folder = await makeData()
  const ask = async (keys: string | undefined, ...words: readonly string[]) => {
    const { code, err } = await run(keys === undefined ? {} : { ATTUNE_KEYS_AT_REST: keys }, ...words)
    return [code, err]
  }
  const exported = ['export', 'kanarienvogel-1', '--data', folder, '--without-audit']
  const served = ['serve', '--ruleset', join(folder, 'rules.json'), '--data', folder, '--port', '0']
  const asTheyAre = expect.stringContaining('stand under their ids as they are')
  for (const words of [exported, served]) expect(await ask(NEW, ...words)).toEqual([2, asTheyAre])
  await run({ ATTUNE_KEYS_AT_REST: `${NEW},plain` }, 'rekey', '--data', folder, '--without-audit')
  for (const words of [exported, served]) {
    expect(await ask(undefined, ...words)).toEqual([
      2,
      expect.stringMatching(/secret named [\w-]{4}, and ATTUNE_KEYS_AT_REST is not set/),
    ])
    expect(await ask(OLD, ...words)).toEqual([2, expect.stringMatching(/has the secrets named [\w-]{4}\./)])
  }
  expect((await ask(`${OLD},${NEW}`, ...exported))[0]).toBe(0)
})

test('a collector that runs without the keys that everybody was moved to says so at /health and in its log', async () => {
  const folder = makeFolder({ 'rules.json': JSON.stringify(makeRuleset()) })
  const data = join(folder, 'data')
  const store = createSqliteStore({ path: join(data, 'attune.db') })
  const { plan } = compileDocument(makeRuleset())
  // Not so long ago that it would be swept.
  const events = [{ id: 'a', name: 'purchase', time: Date.UTC(2026, 10, 21), properties: {} }]
  await store.append({ visitor: 'v', events, plan })
  await store.close()
  // A minute goes by at each look at the clock.
  const { metricsBase, err } = await startServing(['--metrics-port', '0'], { folder, tick: 60_000 })
  const keys = async () => {
    const { parts } = await (await fetch(`${metricsBase}/health`)).json()
    return parts.find(({ part }: { part: string }) => part === 'keys')
  }
  expect(await keys()).toMatchObject({ status: 'ok' })
  const moved = await run({ ATTUNE_KEYS_AT_REST: `${NEW},plain` }, 'rekey', '--data', data, '--without-audit')
  expect(moved).toMatchObject({ code: 0, out: expect.stringContaining('1 moved') })
  const why = expect.stringMatching(
    /stand under keys at rest of a secret named [\w-]{4}, and ATTUNE_KEYS_AT_REST is plain\. .* Then restart this process/,
  )
  expect(await keys()).toMatchObject({ status: 'degraded', why })
  expect(err()).toContain('keys is degraded: Visitors in')
})

test.skipIf(NO_REDIS)(
  `in a Redis wrong keys are told as well, and whoever was erased long ago is no hindrance${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  async () => {
    const server = await startRedis()
    const inner = createRedisStore({ url: server.url, timeout: 5_000 })
    const { plan } = compileDocument(makeRuleset())
    const events = [{ id: 'a', name: 'purchase', time: 0, properties: {} }]
    await withPseudonyms(inner, OLD).erase('long ago', 0)
    await withPseudonyms(inner, NEW).append({ visitor: 'v', events, plan })
    const words = ['export', 'v', '--redis', server.url, '--without-audit']
    expect((await run({ ATTUNE_KEYS_AT_REST: NEW }, ...words)).code).toBe(0)
    for (const env of [{}, { ATTUNE_KEYS_AT_REST: OLD }]) {
      const { code, err } = await run(env, ...words)
      expect([code, err]).toEqual([2, expect.stringContaining('stand under keys at rest')])
    }
    await inner.append({ visitor: 'plain', events, plan })
    const { err } = await run({ ATTUNE_KEYS_AT_REST: NEW }, ...words)
    expect(err).toContain('stand under their ids as they are')
    await inner.close()
    await server.stop()
  },
  60_000,
)

test.skipIf(NO_REDIS)(
  `everybody of a Redis is moved as well, of the site that is named${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  async () => {
    const server = await startRedis()
    const { plan } = compileDocument(makeRuleset())
    const events = [{ id: 'a', name: 'purchase', time: 0, properties: {} }]
    for (const site of [undefined, 'shop']) {
      const store = createRedisStore({ url: server.url, site, timeout: 5_000 })
      await store.append({ visitor: 'kanarienvogel-1', events, plan })
      await store.append({ visitor: 'kanarienvogel-2', events, plan })
      await store.close()
    }
    const before = { ATTUNE_KEYS_AT_REST: `${NEW},plain` }
    const place = ['--redis', server.url, '--site', 'shop', '--without-audit']
    const moved = await run(before, 'rekey', ...place)
    expect([moved.code, moved.out, moved.err]).toEqual([
      0,
      expect.stringMatching(/^2 moved to the secret named [\w-]{4}\.\n$/),
      '2 moved\n',
    ])
    const after = { ATTUNE_KEYS_AT_REST: NEW }
    const exported = await run(after, 'export', 'kanarienvogel-1', ...place)
    expect(JSON.parse(exported.out).events).toHaveLength(1)
    const keys = JSON.stringify(await server.ask('KEYS', '*'))
    expect(keys.match(/kanarienvogel-[12]\}:profile/g)).toHaveLength(2)
    // Markers in a circle, which lead to nobody.
    const { of } = createVisitorKeys(NEW)
    const circle = ['stuck', 'one', 'two', 'one'].map((name) => of(name)[0])
    for (const [at, one] of circle.slice(0, -1).entries())
      await server.ask('HSET', `attune:shop:{${one}}:profile`, 'moved', circle[at + 1]!, 'movedAt', '0')
    const store = createRedisStore({ url: server.url, site: 'shop', timeout: 5_000 })
    for (const visitor of ['stuck', 'free']) await store.append({ visitor, events, plan })
    await store.close()
    const most = await run(before, 'rekey', ...place)
    expect([most.code, most.out]).toEqual([
      1,
      expect.stringMatching(/^1 moved to .*\n1 could not be moved: .*\n$/),
    ])
    expect((await run(before, 'rekey', '--data', '.', ...place)).err).toContain('name two stores')
    const url = `redis://127.0.0.1:${await freePort()}`
    const away = await run({ ...before, ATTUNE_REDIS_URL: url }, 'rekey', '--without-audit')
    expect([away.code, away.err]).toEqual([2, expect.stringContaining('[storage] redis')])
    await server.stop()
  },
  60_000,
)
