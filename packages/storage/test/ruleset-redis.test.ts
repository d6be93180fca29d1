import { createServer } from 'node:net'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { createRedisRuleset, type RedisRulesetOptions, writeRedisRuleset } from '../src/ruleset-redis.ts'
import { sealRuleset } from '../src/ruleset-source.ts'
import { makeText, SECRET } from './support/make-published.ts'

const OTHER_SECRET = 'another secret of more than thirty-two characters'

describe.skipIf(NO_REDIS)(`on a real Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let redis: RedisServer
  let keys = 0
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.stop())

  async function makeKey(over: Partial<RedisRulesetOptions> = {}) {
    const key = `ruleset:${++keys}`
    const put = (revision: string, secret = SECRET): Promise<void> =>
      writeRedisRuleset(makeText(revision), { url: redis.url, key, secret })
    await put('r1')
    const onError = vi.fn()
    const source = createRedisRuleset({ url: redis.url, key, secret: SECRET, onError, ...over })
    const troubles = (): readonly string[] => onError.mock.calls.map(([error]) => error.message)
    return { key, put, source, troubles, revision: async () => (await source.load()).revision }
  }

  async function commandsRun(): Promise<readonly string[]> {
    const stats = String(await redis.ask('INFO', 'commandstats'))
    return [...stats.matchAll(/cmdstat_(get|getrange):calls=(\d+)/g)].map(
      ([, name, calls]) => `${name} ${calls}`,
    )
  }

  test('what was published is read, and while it is the same only its beginning', async () => {
    const { put, source, revision } = await makeKey()
    await redis.ask('CONFIG', 'RESETSTAT')
    const first = await source.load()
    await source.refresh()
    await source.refresh()
    expect(await source.load()).toBe(first)
    expect((await commandsRun()).toSorted()).toEqual(['get 1', 'getrange 2'])
    await put('r2')
    await source.refresh()
    expect(await revision()).toBe('r2')
  })

  test('nothing stays connected between two looks', async () => {
    const { source } = await makeKey()
    await source.load()
    const clients = String(await redis.ask('CLIENT', 'LIST'))
      .trim()
      .split('\n')
    expect(clients.filter((line) => !line.includes('cmd=client'))).toEqual([])
  })

  test('an open client will do', async () => {
    const client = await createClient({ url: redis.url }).connect()
    try {
      const { source } = await makeKey({ url: undefined, client })
      expect((await source.load()).revision).toBe('r1')
      await source.refresh()
      expect(source.state().state).toBe('fresh')
    } finally {
      client.destroy()
    }
  })

  test.each<readonly [string, (key: string) => readonly [string, ...string[]], RegExp]>([
    [
      'no key',
      (key) => ['DEL', key],
      /the key ruleset:\d+ of Redis is not there\. Publish with `attune publish`/,
    ],
    ['text that is no JSON', (key) => ['SET', key, 'r2'], /is no JSON/],
    ['a ruleset without a signature', (key) => ['SET', key, makeText('r2')], /holds no signed ruleset/],
    ['an empty text', (key) => ['SET', key, ''], /is no JSON/],
  ])('%s does not take the place of the last good ruleset', async (_, command, said) => {
    const { key, source, troubles, revision } = await makeKey()
    await source.load()
    await redis.ask(...command(key))
    await source.refresh()
    expect([await revision(), source.state().state]).toEqual(['r1', 'stale'])
    expect(troubles()).toEqual([expect.stringMatching(said)])
  })

  test('a key of another type, a wrong signature and an old revision are refused', async () => {
    const { key, put, source, troubles, revision } = await makeKey()
    await source.load()
    const old = JSON.stringify(await sealRuleset(makeText('r1'), SECRET))
    await redis.ask('DEL', key)
    await redis.ask('LPUSH', key, 'x')
    await source.refresh()
    await redis.ask('DEL', key)
    await put('r2')
    await source.refresh()
    await put('r3', OTHER_SECRET)
    await source.refresh()
    await redis.ask('SET', key, old)
    await source.refresh()
    expect(await revision()).toBe('r2')
    expect(troubles()).toEqual([
      expect.stringMatching(/the key ruleset:\d+ of Redis was refused: WRONGTYPE/),
      expect.stringMatching(/is not signed with our secret/),
      expect.stringMatching(/r1 was replaced by r2/),
    ])
  })

  test('a Redis that is out of memory is said when publishing, and the ruleset before stays', async () => {
    const { put, source, revision } = await makeKey()
    await redis.ask('CONFIG', 'SET', 'maxmemory', '1')
    await expect(put('r2')).rejects.toThrow(/of Redis was refused: OOM/)
    await redis.ask('CONFIG', 'SET', 'maxmemory', '0')
    await source.refresh()
    expect(await revision()).toBe('r1')
  })
})

test('a Redis that is not there, or hangs, is given up without telling its password', async () => {
  const silent = createServer()
  const port = await new Promise<number>((resolve) => {
    silent.listen(0, '127.0.0.1', () => resolve((silent.address() as { readonly port: number }).port))
  })
  const failing = async (url: string, timeout?: number): Promise<string> => {
    const source = createRedisRuleset({ url, secret: SECRET, timeout, onError: () => {} })
    await source.load().catch(() => {})
    return source.state().trouble ?? 'none'
  }
  try {
    const troubles = [
      await failing('redis://:password@127.0.0.1:1'),
      await failing(`redis://:password@127.0.0.1:${port}`, 100),
      await failing('redis//:password'),
    ]
    expect(troubles[0]).toMatch(/of Redis is out of reach: .*ECONNREFUSED.*Check REDIS_URL/)
    expect(troubles[1]).toMatch(/timeout/)
    expect(troubles.join()).not.toContain('password')
  } finally {
    silent.close()
  }
})

test('what is missing is said at once', () => {
  expect(() => createRedisRuleset({ url: undefined, secret: SECRET })).toThrow(/`url` is missing.*REDIS_URL/)
  expect(() => createRedisRuleset({ url: 'redis://x', secret: 'short' })).toThrow(/ATTUNE_SECRET/)
})
