import { describe, expect, test, vi } from 'vitest'
import { NO_REDIS, startRedis } from '../../../test/support/redis.ts'
import { foldAll, makeEvents, PLAN } from '../src/contract/builders.ts'
import { eventually, openEachTime } from './support/open-redis.ts'

const why = NO_REDIS ? `: ${NO_REDIS}` : ''
const open = openEachTime()

describe.skipIf(NO_REDIS)(`a Redis that keeps its log on the disk${why}`, () => {
  test.each(['always', 'everysec'])(
    'has what it acknowledged after kill -9, with appendfsync %s',
    async (when) => {
      const server = await startRedis('--appendonly', 'yes', '--appendfsync', when)
      try {
        const store = open({ url: server.url })
        const acknowledged: string[] = []
        const sending = Promise.allSettled(
          makeEvents(300).map(async (event, at) => {
            const { accepted } = await store.append({ visitor: `v${at % 30}`, events: [event], plan: PLAN })
            acknowledged.push(...accepted)
          }),
        )
        await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(50), {
          timeout: 20_000,
          interval: 1,
        })
        await server.kill('SIGKILL')
        await sending
        await server.restart()
        const again = await Promise.all(
          makeEvents(300).map((event, at) =>
            eventually(() => store.append({ visitor: `v${at % 30}`, events: [event], plan: PLAN })),
          ),
        )
        const lost = again.flatMap(({ accepted }) => accepted).filter((id) => acknowledged.includes(id))
        expect(lost).toEqual([])
        const events = makeEvents(300).filter((_, at) => at % 30 === 7)
        expect(await store.load('v7', PLAN)).toEqual(foldAll(events))
      } finally {
        await server.stop()
      }
    },
    60_000,
  )
})
