import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { foldAll, makeEvent, makeEvents, NEXT_PLAN, NOON, PLAN } from '../src/contract/builders.ts'
import { StoreBusyError, StoreWriteError } from '../src/index.ts'
import { createRedisStore } from '../src/redis.ts'
import { add, openEachTime } from './support/open-redis.ts'

const why = NO_REDIS ? `: ${NO_REDIS}` : ''
const secret = 'visitor-who-is-nobodys-business'
const open = openEachTime()

async function failureOf(asked: Promise<unknown>): Promise<Error> {
  const outcome = await asked.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (outcome instanceof Error) return outcome
  throw new Error('It was expected to fail, and did not.')
}

const READ: { readonly [type: string]: (key: string) => readonly [string, ...(string | number)[]] } = {
  string: (key) => ['GET', key],
  list: (key) => ['LRANGE', key, 0, -1],
  hash: (key) => ['HGETALL', key],
  stream: (key) => ['XRANGE', key, '-', '+'],
}

/** Everything that a server keeps; but the plans, which stand there before they are needed. */
async function dump({ ask }: RedisServer): Promise<readonly unknown[]> {
  const keys = (await ask('KEYS', '*')) as readonly string[]
  const kept = keys.filter((key) => key !== 'attune:default:plans').sort()
  return Promise.all(
    kept.map(async (key) => {
      const type = String(await ask('TYPE', key))
      const value = await ask(...READ[type]!(key))
      // The fields of a hash come in any order.
      return [key, type === 'hash' && Array.isArray(value) ? [...value].sort() : value]
    }),
  )
}

describe.skipIf(NO_REDIS)(`a Redis${why}`, () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(async () => {
    await server.ask('CONFIG', 'SET', 'maxmemory', 0)
    await server.ask('FLUSHALL')
    await server.ask('SCRIPT', 'FLUSH')
  })
  afterAll(() => server.stop())

  const own = `attune:default:{${secret}}`
  test.each([
    [`${own}:profile`, 'append'],
    [`${own}:recent`, 'append'],
    [`${own}:settled`, 'append'],
    ['attune:default:plans', 'append'],
    ['accepted', 'append'],
    ['attune:default:{rejected}:counts', 'reject'],
    ['attune:default:{rejected}:events', 'reject'],
  ])('whose key %s is of another type keeps nothing half-written', async (key, kind) => {
    let asked = 0
    const ask = () => {
      asked++
      const store = open({ url: server.url, stream: { key: 'accepted' } })
      return kind === 'append'
        ? store.append({
            visitor: secret,
            events: [makeEvent(`b${asked}`, 1), makeEvent(`c${asked}`, -1)],
            plan: PLAN,
          })
        : store.reject([{ reason: 'bot', time: NOON, event: '{}' }])
    }
    // Both with nothing there yet and beside what is there.
    for (const before of [async () => {}, ask]) {
      await server.ask('FLUSHALL')
      await before()
      await server.ask('SET', key, 'not ours')
      const kept = await dump(server)
      const error = await failureOf(ask())
      expect(error).toBeInstanceOf(StoreWriteError)
      expect(error.message).toMatch(/WRONGTYPE.*another name/)
      expect(error.message).not.toContain(secret)
      expect(await dump(server)).toEqual(kept)
    }
  })

  test('that is full refuses appends, goes on reading, and takes them again when there is room', async () => {
    const store = open({ url: server.url })
    await add(store, 'a')
    const kept = await dump(server)
    await server.ask('CONFIG', 'SET', 'maxmemory', '1mb')
    const refused = [
      add(store, 'b'),
      add(store, 'c', 'w', 0),
      store.reject([{ reason: 'bot', time: 1, event: '' }]),
    ]
    for (const asked of refused) {
      const error = await failureOf(asked)
      expect(error).toBeInstanceOf(StoreWriteError)
      expect(error.message).toMatch(/OOM.*more memory/)
    }
    expect(await store.load('v', PLAN)).toEqual(foldAll([makeEvent('a')]))
    expect(await dump(server)).toEqual(kept)
    await server.ask('CONFIG', 'SET', 'maxmemory', 0)
    expect((await add(store, 'b')).accepted).toEqual(['b'])
  })

  test('that is a replica is read, and says so when it is written', async () => {
    await add(open({ url: server.url }), 'a')
    await server.ask('CONFIG', 'SET', 'repl-diskless-sync-delay', 0)
    const replica = await startRedis('--replicaof', '127.0.0.1', String(server.port))
    try {
      await expect.poll(() => replica.ask('KEYS', '*'), { timeout: 10_000 }).not.toEqual([])
      const store = open({ url: replica.url })
      expect(await store.load('v', PLAN)).toEqual(foldAll([makeEvent('a')]))
      const error = await failureOf(add(store, 'b'))
      expect(error).toBeInstanceOf(StoreWriteError)
      expect(error.message).toMatch(/READONLY.*primary/)
    } finally {
      await replica.stop()
    }
  })

  test('that was emptied begins anew, scripts and plans included', async () => {
    const store = open({ url: server.url })
    await store.append({ visitor: 'v', events: makeEvents(30), plan: PLAN })
    await server.ask('FLUSHALL')
    await server.ask('SCRIPT', 'FLUSH')
    expect(await store.load('v', PLAN)).toBeNull()
    const { before, accepted } = await add(store, 'e1')
    expect({ before, accepted }).toEqual({ before: null, accepted: ['e1'] })
    // The plan itself is said again within a minute; until then the events are enough.
    expect(await open({ url: server.url }).load('v', NEXT_PLAN)).toEqual(
      foldAll([makeEvent('e1')], NEXT_PLAN),
    )
  })

  test('that evicted the recent events keeps the profile, and late events are counted', async () => {
    const store = open({ url: server.url })
    const events = makeEvents(40)
    await store.append({ visitor: 'v', events, plan: PLAN })
    await server.ask('DEL', 'attune:default:{v}:recent')
    const { profile } = await add(store, 'late', 'v', 5.5)
    const total = foldAll([...events, makeEvent('late', 5.5)]).signals['total view_item']
    expect(profile.signals['total view_item']).toEqual(total)
    expect((await add(store, 'next', 'v', 60)).profile.last?.id).toBe('next')
    const times = foldAll([...events, makeEvent('late', 5.5), makeEvent('next', 60)], NEXT_PLAN)
    const loaded = await store.load('v', NEXT_PLAN)
    expect(loaded?.signals['times view_item']).toEqual(times.signals['times view_item'])
  })

  test('that lost a profile and not its events begins anew', async () => {
    const store = open({ url: server.url })
    await store.append({ visitor: 'v', events: makeEvents(40), plan: PLAN })
    await server.ask('DEL', 'attune:default:{v}:profile')
    expect((await add(store, 'e1')).accepted).toEqual(['e1'])
    expect(await store.load('v', NEXT_PLAN)).toEqual(foldAll([makeEvent('e1')], NEXT_PLAN))
  })

  test('that asks for a password is told which error it is', async () => {
    await server.ask('CONFIG', 'SET', 'requirepass', 'right')
    try {
      const error = await failureOf(add(open({ url: server.url.replace('//', '//:wrong-word@') }), 'a'))
      expect(error).toBeInstanceOf(StoreWriteError)
      expect(error.message).toMatch(/WRONGPASS.*password/)
      expect(error.message).not.toContain('wrong-word')
      expect((await add(open({ url: server.url.replace('//', '//:right@') }), 'a')).accepted).toEqual(['a'])
    } finally {
      await server.ask('AUTH', 'right').catch(() => {})
      await server.ask('CONFIG', 'SET', 'requirepass', '')
    }
  })

  test('forgets a visitor by itself, so long after the last write', async () => {
    const keys = ['profile', 'recent', 'settled'].map((name) => `attune:default:{v}:${name}`)
    const left = () => Promise.all(keys.map((key) => server.ask('PTTL', key)))
    const day = 86_400_000
    const store = open({ url: server.url, expiry: 1 })
    await store.append({ visitor: 'v', events: makeEvents(300), plan: PLAN })
    for (const time of await left()) expect(time).toSatisfy((at: number) => at > 9.9 * day && at <= 10 * day)
    for (const key of keys) await server.ask('PEXPIRE', key, 5_000_000)
    await store.sweep(NOON + 20 * day, { events: 0, profiles: 400 * day })
    for (const time of (await left()).slice(0, 1)) expect(time).toBeLessThanOrEqual(5_000_000)
    await add(store, 'later', 'v', 600)
    for (const time of (await left()).slice(0, 2)) expect(time).toBeGreaterThan(9.9 * day)
  })

  test('passes each accepted event on, once, in the step that keeps it', async () => {
    const store = open({ url: server.url, stream: { key: 'accepted', length: 100 } })
    await add(store, 'a')
    await add(store, 'a')
    await add(store, 'b', 'v', 1)
    const entries = (await server.ask('XRANGE', 'accepted', '-', '+')) as readonly [
      string,
      readonly string[],
    ][]
    expect(entries.map(([, fields]) => fields)).toEqual(
      ['a', 'b'].map((id, minute) => [
        ...['visitor', 'v', 'id', id, 'event'],
        JSON.stringify(['view_item', makeEvent(id, minute).time, makeEvent(id).properties]),
      ]),
    )
  })
})

test('a cluster passes nothing on, and says so at once', () => {
  const options = { nodes: ['redis://127.0.0.1:1'], stream: { key: 'accepted' } }
  expect(() => createRedisStore(options)).toThrow(/`stream` cannot be used with a cluster/)
})

test('where Redis is has to be said, and no password is repeated', () => {
  expect(() => createRedisStore({})).toThrow(/give `url`, `nodes` or `client`/)
  expect(() => createRedisStore({ url: 'redis://a', nodes: ['redis://b'] })).toThrow(/one of them/)
  for (const url of ['', 'http://:word@host', 'redis://', 'redis://:word@host:port']) {
    expect(() => createRedisStore({ url })).toThrow(/^((?!word).)*no URL of a Redis((?!word).)*$/)
  }
})

test('an error of the server is busy or not by its first word', async () => {
  const { replyError } = await import('../src/commands/reply-error.ts')
  const busy = ['LOADING Redis is loading the dataset in memory', 'BUSY Redis is busy', 'CLUSTERDOWN down']
  for (const message of busy) expect(replyError('redis', message)).toBeInstanceOf(StoreBusyError)
  for (const message of ['READONLY x', 'OOM x', 'MISCONF x', 'ERR x', 'what is this']) {
    expect(replyError('redis', message)).toBeInstanceOf(StoreWriteError)
  }
  expect(
    replyError('redis', `ERR unknown command, with args beginning with: '${secret}'`).message,
  ).not.toContain(secret)
})
