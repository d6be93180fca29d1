import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createClient } from 'redis'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { foldAll, makeEvent, makeEvents, NEXT_PLAN, PLAN } from '../src/contract/builders.ts'
import { StoreBusyError } from '../src/index.ts'
import { add, eventually, openEachTime } from './support/open-redis.ts'

const run = promisify(execFile)
const child = fileURLToPath(new URL('./support/append-to-redis.ts', import.meta.url))
const why = NO_REDIS ? `: ${NO_REDIS}` : ''
const open = openEachTime()

describe.skipIf(NO_REDIS)(`the connection to a Redis${why}`, () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(() => server.ask('FLUSHALL'))
  afterAll(() => server.stop())

  test('asks once for a profile and twice for an append', async () => {
    const client = await createClient({ url: server.url }).connect()
    let sent = 0
    const store = open({
      client: {
        isReady: true,
        sendCommand: (words: string[]) => {
          sent++
          return client.sendCommand(words)
        },
      },
    })
    const asked = async (task: () => Promise<unknown>) => {
      const before = sent
      await task()
      return sent - before
    }
    const at = (id: string, minute: number, plan = PLAN) =>
      asked(() => store.append({ visitor: 'v', events: [makeEvent(id, minute)], plan }))
    await at('first', 0)
    await at('second', 1)
    expect({
      append: await at('a', 2),
      again: await at('a', 2),
      late: await at('late', 0.5),
      newPlan: await at('b', 3, NEXT_PLAN),
      load: await asked(() => store.load('v', NEXT_PLAN)),
      loadForAnotherPlan: await asked(() => store.load('v', PLAN)),
      nobody: await asked(() => store.load('nobody', PLAN)),
    }).toEqual({
      append: 2,
      again: 1,
      late: 3,
      // The third keeps the plan.
      newPlan: 3,
      load: 1,
      loadForAnotherPlan: 1,
      nobody: 1,
    })
    client.destroy()
  })

  test('fails at once when nobody listens, and goes on when somebody does', async () => {
    const errors: Error[] = []
    const store = open({ url: server.url, timeout: 1_000, onError: (error) => errors.push(error) })
    await add(store, 'a')
    await server.kill()
    await expect(add(store, 'b')).rejects.toThrow(StoreBusyError)
    await expect(store.load('v', PLAN)).rejects.toThrow(/not connected|connection failed/)
    await server.restart()
    await eventually(() => add(store, 'b'))
    expect(errors.length).toBeGreaterThan(0)
  })

  test('that was never there is made when the server comes', async () => {
    await server.kill()
    const store = open({ url: server.url, timeout: 1_000 })
    await expect(store.load('v', PLAN)).rejects.toThrow(StoreBusyError)
    await server.restart()
    expect(await eventually(() => store.load('v', PLAN))).toBeNull()
  })

  test('leaves no call waiting when the server answers no more, and goes on when it does', async () => {
    const store = open({ url: server.url, timeout: 150 })
    await eventually(() => add(store, 'a'))
    process.kill(server.pid, 'SIGSTOP')
    const asked = Array.from({ length: 50 }, (_, at) =>
      at % 2 === 0 ? store.load('v', PLAN) : add(store, `e${at}`, `v${at}`),
    )
    const outcomes = await Promise.allSettled(asked)
    for (const outcome of outcomes) {
      expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(StoreBusyError)
    }
    process.kill(server.pid, 'SIGCONT')
    expect(await eventually(() => store.load('v', PLAN))).toEqual(foldAll([makeEvent('a')]))
    // What was written although nobody heard of it is found again.
    const again = await eventually(() => add(store, 'e1', 'v1'))
    expect([...again.accepted, ...again.duplicates]).toEqual(['e1'])
    expect(await store.load('v1', PLAN)).toEqual(foldAll([makeEvent('e1')]))
  })

  test('is made anew when it is silent for long', async () => {
    const store = open({ url: server.url, timeout: 60 })
    await eventually(() => store.load('v', PLAN))
    const connections = async () =>
      Number(/total_connections_received:(\d+)/.exec(String(await server.ask('INFO', 'stats')))?.[1])
    const before = await connections()
    process.kill(server.pid, 'SIGSTOP')
    for (let at = 0; at < 25; at++) await expect(store.load('v', PLAN)).rejects.toThrow(StoreBusyError)
    process.kill(server.pid, 'SIGCONT')
    await eventually(() => store.load('v', PLAN))
    expect(await connections()).toBeGreaterThan(before)
  })

  test('gives up soon what a running script holds up, and goes on after it', async () => {
    const store = open({ url: server.url, timeout: 300 })
    await eventually(() => add(store, 'a'))
    await server.ask('CONFIG', 'SET', 'busy-reply-threshold', 50)
    const script = createClient({ url: server.url, commandOptions: { timeout: 0 } })
    script.on('error', () => {})
    await script.connect()
    const running = script.sendCommand(['EVAL', 'while true do end', '0']).catch(() => 'killed')
    await expect(
      eventually(async () => {
        const error = await store.load('v', PLAN).then(
          () => undefined,
          (error: unknown) => error,
        )
        if (!(error instanceof StoreBusyError)) throw new Error('not busy yet')
        return error.message
      }),
    ).resolves.toMatch(/BUSY|no answer within/)
    await eventually(() => server.ask('SCRIPT', 'KILL'))
    expect(await running).toBe('killed')
    script.destroy()
    expect((await eventually(() => add(store, 'b'))).accepted).toEqual(['b'])
  })

  test('says when the server may evict what it keeps', async () => {
    const errors: Error[] = []
    await server.ask('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru')
    await open({ url: server.url, onError: (error) => errors.push(error) }).load('v', PLAN)
    await vi.waitFor(() => expect(errors.map(String).join()).toMatch(/allkeys-lru.*noeviction/), 5_000)
    await server.ask('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
  })

  test('that is closed ends, whatever the server does', async () => {
    const store = open({ url: server.url, timeout: 150 })
    await eventually(() => add(store, 'a'))
    process.kill(server.pid, 'SIGSTOP')
    const pending = add(store, 'b').catch((error: unknown) => error)
    await store.close()
    expect(await pending).toBeInstanceOf(StoreBusyError)
    process.kill(server.pid, 'SIGCONT')
    await eventually(() => server.ask('PING'))
  })

  test('serves two processes that append to one visitor: nothing is lost, nothing counted twice', async () => {
    const count = 400
    const args = (seed: number) => [child, server.url, String(count), String(seed)]
    const answers = await Promise.all(
      [1, 2].map((seed) => run(process.execPath, args(seed), { timeout: 60_000 })),
    )
    const told = answers.map(
      ({ stdout }) => JSON.parse(stdout) as { sent: number; accepted: string[]; duplicates: number },
    )
    const accepted = told.flatMap((one) => one.accepted)
    expect(accepted.sort()).toEqual(
      makeEvents(count)
        .map(({ id }) => id)
        .sort(),
    )
    expect(told.reduce((sum, one) => sum + one.sent - one.duplicates, 0)).toBe(count)
    const profile = await open({ url: server.url }).load('v', PLAN)
    // More than are kept raw and in any order: what does not depend on the order is exact.
    const { firstSeen, last, signals } = foldAll(makeEvents(count))
    expect(profile).toMatchObject({
      firstSeen,
      last,
      signals: { 'total view_item': signals['total view_item'] },
    })
  }, 90_000)
})

test('a missing package is named, with what to do', async () => {
  vi.doMock('redis', () => {
    throw new Error("Cannot find package 'redis'")
  })
  const store = open({ url: 'redis://127.0.0.1:1' })
  await expect(store.load('v', PLAN)).rejects.toThrow(/package `redis` is missing.*npm install redis/)
  vi.doUnmock('redis')
})
