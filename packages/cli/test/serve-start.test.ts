import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createRedisQueue } from '@attune/storage/redis-queue'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { serve } from '../src/commands/serve.ts'
import { work } from '../src/commands/work.ts'
import { main } from '../src/main.ts'
import { makeIo } from './support/make-io.ts'
import { BROWSER, makeSite, PATIENCE, SECRET, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

const root = new URL('../../../', import.meta.url)
const bin = fileURLToPath(new URL('../src/attune.ts', import.meta.url))
const loader = pathToFileURL(fileURLToPath(new URL('scripts/lib/resolve-source.mjs', root))).href

/** Runs the program until it ends by itself. */
async function run(args: readonly string[], env: { readonly [name: string]: string }) {
  const quiet = ['--disable-warning=ExperimentalWarning', '--import', loader, bin]
  const child = spawn(process.execPath, [...quiet, ...args], {
    env: { ...process.env, ATTUNE_SECRET: SECRET, ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.end()
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code, err }
}

async function refused(args: readonly string[], env: { readonly [name: string]: string } = {}) {
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET, ...env } })
  const code = await main([...args], [serve, work], io, '1')
  return [code, err()]
}

describe.skipIf(NO_REDIS)(`a start that fails${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let redis: RedisServer
  const url = (user: string): string => redis.url.replace('redis://', `redis://${user}`)

  beforeAll(async () => {
    redis = await startRedis()
    const queue = createRedisQueue({ url: redis.url, timeout: 5_000 })
    await queue.waiting()
    await queue.close()
    await redis.ask('ACL', 'SETUSER', 'reader', 'on', '>hush', '+@all', '~*')
  })
  afterAll(() => redis.stop())

  test.each([
    ['a wrong password', 'reader:wrong@', ['--queue'], {}, 'WRONGPASS'],
    ['another number of partitions', '', ['--queue', '--partitions', '8'], {}, 'it has 16 partitions, not 8'],
    ['no number of partitions', '', ['--queue', '--partitions', 'abc'], {}, '--partitions is "abc"'],
    ['a short key at rest', '', [], { ATTUNE_KEYS_AT_REST: 'short' }, 'ATTUNE_KEYS_AT_REST needs'],
  ])('by %s says why and ends the process', async (_why, user, options, env, message) => {
    const rules = join(makeSite(), 'rules.json')
    const args = ['serve', '--ruleset', rules, '--port', '0', '--redis', url(user), ...options]
    const { code, err } = await run(args, env)
    expect(err).toContain(message)
    expect(err).not.toContain('hush')
    expect(code).toBe(2)
  })

  test('serve and work say how their keys begin, so that a site named in one of them alone is seen', async () => {
    const rules = join(makeSite(), 'rules.json')
    const said = async (command: string, site: readonly string[]): Promise<string> => {
      const made = makeIo({ env: { ATTUNE_SECRET: SECRET } })
      const args = [command, '--ruleset', rules, '--redis', redis.url, ...site]
      const more = command === 'serve' ? ['--queue', '--port', '0'] : []
      const ended = main([...args, ...more], [serve, work], made.io, '1')
      await expect.poll(made.out, PATIENCE).toContain('Its keys begin')
      made.stop('SIGTERM')
      expect(await ended).toBe(0)
      return /Its keys begin with \S+/.exec(made.out())?.[0] ?? ''
    }
    expect(await said('work', [])).toBe('Its keys begin with attune:default:.')
    expect(await said('serve', [])).toBe('Its keys begin with attune:default:.')
    expect(await said('serve', ['--site', 'site'])).toBe('Its keys begin with attune:site:.')
  })
})

test('a damaged database is told at the start, with its file and the cure', async () => {
  const folder = makeSite()
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data', 'attune.db'), 'no database at all, '.repeat(500))
  const args = ['--ruleset', join(folder, 'rules.json'), '--data', join(folder, 'data'), '--port', '0']
  const [code, err] = await refused(['serve', ...args])
  expect(code).toBe(2)
  expect(err).toContain(`The database ${JSON.stringify(join(folder, 'data', 'attune.db'))} cannot be read: `)
  expect(err).toContain('Put back a copy of it, or move it away')
})

test('what is meant for something that was not asked for is said', async () => {
  const folder = makeSite()
  const rules = join(folder, 'rules.json')
  expect(await refused(['serve', '--ruleset', rules, '--data', rules])).toEqual([
    2,
    expect.stringContaining('Name a folder that this user may write to, with --data or ATTUNE_DATA.'),
  ])
  const data = ['--data', join(folder, 'data')]
  expect(await refused(['serve', '--ruleset', rules, ...data, '--partitions', '8'])).toEqual([
    2,
    expect.stringContaining('--partitions is for --queue. Say both, or leave it out.'),
  ])
})

test('a taken port of metrics is changed by its own option', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const folder = makeSite()
  const args = ['--ruleset', join(folder, 'rules.json'), '--data', join(folder, 'data'), '--port', '0']
  expect(await refused(['serve', ...args, '--metrics-port', String(port)])).toEqual([
    2,
    expect.stringContaining(`or choose another: --metrics-port ${port + 1}.`),
  ])
})

test.each([
  ['--redis redis://127.0.0.1:1 --ruleset redis', {}, 'of Redis is out of reach'],
  ['--ruleset redis', {}, 'ATTUNE_REDIS_URL will do, and --redis'],
  ['--ruleset redis', { ATTUNE_REDIS_URL: 'http://x' }, 'ATTUNE_REDIS_URL is no URL of a Redis.'],
  ['--redis redis://a,redis://b --ruleset redis', {}, '--redis names several nodes.'],
  ['--ruleset https://127.0.0.1:2/r', {}, 'did not answer: fetch failed (ECONNREFUSED). Check the address.'],
])('%s with %j says whose fault it is', async (args, env, message) => {
  expect(await refused(['serve', ...args.split(' ')], env)).toEqual([2, expect.stringContaining(message)])
})

test.each([
  [`${SECRET},${SECRET},x`, 'ATTUNE_SECRET names 3 secrets, and number 3 has 1 characters. Use at least 32'],
  [`${SECRET},`, 'ATTUNE_SECRET names 2 secrets, and number 2 is empty. Take away the comma'],
])('of the secrets %s it says which', async (ATTUNE_SECRET, message) => {
  const rules = join(makeSite(), 'rules.json')
  expect(await refused(['serve', '--ruleset', rules], { ATTUNE_SECRET })).toEqual([
    2,
    expect.stringContaining(message),
  ])
})

test('where proofs of consent cannot be kept, the log says so at the start and /health why', async () => {
  const folder = makeSite()
  mkdirSync(join(folder, 'data', 'consent.db'), { recursive: true })
  const { metricsBase, err } = await startServing(['--metrics-port', '0'], { folder })
  const { parts } = await (await fetch(`${metricsBase}/health`)).json()
  const why = `${join(folder, 'data', 'consent.db')} is no file. Move it away. Until then no proof of consent is kept, and /attune/consent answers 503.`
  expect(parts).toContainEqual(expect.objectContaining({ part: 'proofs', status: 'degraded', why }))
  await expect.poll(err, PATIENCE).toContain(why)
})

describe('keys at rest', () => {
  const KEYS = 'a secret for keys at rest that is long enough'
  const keptIn = (folder: string) => {
    const db = new DatabaseSync(join(folder, 'data', 'attune.db'), { readOnly: true })
    try {
      return db
        .prepare('SELECT visitor FROM profiles')
        .all()
        .map(({ visitor }) => String(visitor))
    } finally {
      db.close()
    }
  }
  const look = async (base: string) => {
    const event = { id: 'a-look-of-somebody', name: 'view_item', time: Date.UTC(2026, 10, 22) }
    const answer = await fetch(`${base}/attune/collect`, {
      method: 'POST',
      headers: {
        'user-agent': BROWSER,
        'content-type': 'application/json',
        cookie: 'attune_consent=preferences',
      },
      body: JSON.stringify({ events: [event] }),
    })
    expect(await answer.json()).toMatchObject({ accepted: 1 })
  }

  test('while nobody chose, one line at the start says what that means and what to set', async () => {
    const { err } = await startServing([], { env: { ATTUNE_KEYS_AT_REST: '' } })
    const lines = () =>
      err()
        .split('\n')
        .filter((line) => line.includes('ATTUNE_KEYS_AT_REST'))
    await expect
      .poll(lines, PATIENCE)
      .toEqual([
        expect.stringMatching(
          /^ATTUNE_KEYS_AT_REST is not set: visitors are kept under the ids of their cookies, .* Set it to .*, with ,plain behind it where there are profiles already; plain alone leaves it so\.$/,
        ),
      ])
  })

  test.each([
    ['a secret', KEYS, /^h1\.[\w-]{4}\.[\w-]{22}$/, 'pseudonyms'],
    ['plain', 'plain', /^[\w-]{22}$/, 'as they are'],
  ])(
    'with %s nothing is said, and visitors are kept as it wants',
    async (_, ATTUNE_KEYS_AT_REST, kept, ids) => {
      const folder = makeSite()
      const { base, metricsBase, err, end } = await startServing(['--metrics-port', '0'], {
        folder,
        env: { ATTUNE_KEYS_AT_REST },
      })
      await look(base)
      const { parts } = await (await fetch(`${metricsBase}/health`)).json()
      expect(parts).toContainEqual(expect.objectContaining({ part: 'store', ids }))
      expect(await end()).toBe(0)
      expect(err()).not.toContain('KEYS_AT_REST')
      expect(keptIn(folder)).toEqual([expect.stringMatching(kept)])
    },
  )

  test('plain is no cure where visitors stand under a secret', async () => {
    const folder = makeSite()
    const { base, end } = await startServing([], { folder, env: { ATTUNE_KEYS_AT_REST: KEYS } })
    await look(base)
    await end()
    const args = ['--ruleset', join(folder, 'rules.json'), '--data', join(folder, 'data'), '--port', '0']
    expect(await refused(['serve', ...args], { ATTUNE_KEYS_AT_REST: 'plain' })).toEqual([
      2,
      expect.stringMatching(
        /secret named [\w-]{4}, and ATTUNE_KEYS_AT_REST is plain\. Set it as the site had it/,
      ),
    ])
  })
})
