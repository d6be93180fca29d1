import fc from 'fast-check'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { createGathering } from '../src/commands/gather.ts'
import { READ } from '../src/commands/scripts.ts'
import { foldAll, makeEvents, PLAN, shuffle } from '../src/contract/builders.ts'
import { StoreBusyError } from '../src/index.ts'
import { createRedisStore } from '../src/redis.ts'

describe.skipIf(NO_REDIS)(`stores of several processes${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let server: RedisServer
  let client: Awaited<ReturnType<typeof connect>>
  const connect = () => createClient({ url: server.url, RESP: 2 }).connect()
  beforeAll(async () => {
    server = await startRedis()
    client = await connect()
  })
  afterAll(async () => {
    client.destroy()
    await server.stop()
  })

  test('append to one visitor in any interleaving of their round trips, and every event counts once', async () => {
    let visitors = 0
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer(), async (scheduler, seed) => {
        const visitor = `v${visitors++}`
        const events = makeEvents(12)
        // Each is sent by two of the three.
        const appended = [0, 1, 2].flatMap((own) => {
          // The scheduler holds answers back, refusals too.
          const settle = scheduler.scheduleFunction((words: string[]) =>
            Promise.allSettled([client.sendCommand(words)]),
          )
          const sendCommand = async (words: string[]) => {
            const [outcome] = await settle(words)
            if (outcome.status === 'fulfilled') return outcome.value
            throw outcome.reason
          }
          const store = createRedisStore({ client: { isReady: true, sendCommand }, timeout: 20_000 })
          return shuffle(
            events.filter((_, at) => at % 3 !== own),
            seed + own,
          ).map((event) => store.append({ visitor, events: [event], plan: PLAN }))
        })
        const results = await scheduler.waitFor(Promise.all(appended))
        const accepted = results.flatMap((result) => result.accepted)
        expect(accepted.sort()).toEqual(events.map(({ id }) => id).sort())
        const store = createRedisStore({ client })
        expect(await store.load(visitor, PLAN)).toEqual(foldAll(events))
      }),
      { numRuns: 60, endOnFailure: true },
    )
  }, 60_000)

  test('give up a visitor that somebody else writes all the time', async () => {
    const other = createRedisStore({ client })
    let others = 0
    const store = createRedisStore({
      client: {
        isReady: true,
        sendCommand: async (words: string[]) => {
          const answer = await client.sendCommand(words)
          const events = makeEvents(others + 1).slice(others)
          if (words[1] === READ.sha) await other.append({ visitor: 'contended', events, plan: PLAN })
          if (words[1] === READ.sha) others++
          return answer
        },
      },
      timeout: 20_000,
    })
    const [event] = makeEvents(1)
    const mine = { ...event!, id: 'mine', time: event!.time + 86_400_000 }
    await expect(store.append({ visitor: 'contended', events: [mine], plan: PLAN })).rejects.toThrow(
      StoreBusyError,
    )
    expect(others).toBe(20)
    expect(await other.load('contended', PLAN)).toEqual(foldAll(makeEvents(20)))
  })
})

describe('a gathering', () => {
  /** Works off what it is given only when it is told to. */
  function makeWork() {
    const groups: { readonly items: readonly string[]; readonly end: (error?: Error) => void }[] = []
    const work = (_key: string, items: readonly string[]) =>
      new Promise<readonly string[]>((resolve, reject) => {
        const end = (error?: Error) =>
          error === undefined ? resolve(items.map((item) => `${item}!`)) : reject(error)
        groups.push({ items, end })
      })
    const late = () => new Error('late')
    const fits = (first: string, next: string) => first[0] === next[0]
    return { groups, settings: { work, fits, most: 3, patience: 60_000, late } }
  }

  test('answers a lone item at once and gathers what comes meanwhile, in order', async () => {
    const { groups, settings } = makeWork()
    const gathering = createGathering(settings)
    const answers = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'a6'].map((item) => gathering.add('key', item))
    gathering.add('other', 'a7')
    expect(gathering.waiting).toBe(8)
    for (let at = 0; at < 6; at++) {
      await expect.poll(() => groups.length).toBeGreaterThan(at)
      groups[at]!.end()
    }
    expect(await Promise.all(answers)).toEqual(['a1!', 'a2!', 'a3!', 'a4!', 'a5!', 'b1!', 'a6!'])
    expect(groups.map(({ items }) => items.join())).toEqual(['a1', 'a7', 'a2,a3,a4', 'a5', 'b1', 'a6'])
    expect(gathering.waiting).toBe(0)
  })

  test('that fails a group fails its items only', async () => {
    const { groups, settings } = makeWork()
    const gathering = createGathering(settings)
    const answers = ['a1', 'a2', 'b1'].map((item) => gathering.add('key', item))
    groups[0]!.end(new Error('no'))
    await expect(answers[0]).rejects.toThrow('no')
    await expect.poll(() => groups.length).toBe(2)
    groups[1]!.end()
    await expect.poll(() => groups.length).toBe(3)
    groups[2]!.end()
    expect(await Promise.all(answers.slice(1))).toEqual(['a2!', 'b1!'])
  })

  test('refuses what waited too long', async () => {
    const { settings } = makeWork()
    const gathering = createGathering({ ...settings, patience: -1 })
    await expect(gathering.add('key', 'a1')).rejects.toThrow('late')
    expect(gathering.waiting).toBe(0)
  })
})
