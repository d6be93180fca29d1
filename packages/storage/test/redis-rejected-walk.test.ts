import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { createRedisStore } from '../src/commands/create-redis-store.ts'
import type { RedisCommands } from '../src/commands/redis-commands.ts'
import { NOON } from '../src/contract/builders.ts'
import { connectRedis } from '../src/drivers/connect-redis.ts'

const refused = (visitor: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    reason: 'wrong-type',
    time: NOON,
    event: `"${visitor} ${at}"`,
    visitor,
  }))

describe.skipIf(NO_REDIS)(`a walk over the refused events in Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let server: RedisServer
  let commands: RedisCommands
  let site = 0
  beforeAll(async () => {
    server = await startRedis()
    commands = connectRedis('test', { url: server.url, timeout: 10_000 })
  })
  afterAll(async () => {
    await commands.close()
    await server.stop()
  })

  /** A store with refused events of `gone` behind those of others, and one in which something happens before its page of a number, from 0. */
  async function plant() {
    const settings = { site: `site ${++site}` }
    const store = createRedisStore('test', commands, settings)
    await store.reject(refused('others', 700))
    await store.reject(refused('gone', 3))
    await store.reject(refused('others', 700))
    await store.reject(refused('other', 400))
    const disturbed = (page: number, happen: () => Promise<unknown>): ReturnType<typeof createRedisStore> => {
      let pages = 0
      const pipeline: RedisCommands['pipeline'] = async (asked) => {
        if (asked[0]?.[0] === 'LRANGE' && pages++ === page) await happen()
        return commands.pipeline(asked)
      }
      return createRedisStore('test', { ...commands, pipeline }, settings)
    }
    return { store, disturbed }
  }

  for (const page of [0, 1, 2, 3]) {
    test(`misses none when nearer ones are deleted before its page ${page}`, async () => {
      const { store, disturbed } = await plant()
      const erased = await disturbed(page, () => store.erase('other', NOON)).erase('gone', NOON)
      expect(erased.rejected).toBe(3)
      const left = await store.listRejected({ after: 0, most: 10_000 })
      expect(left.map(({ visitor }) => visitor).filter((visitor) => visitor !== 'others')).toEqual([])
      expect(left).toHaveLength(1_400)
    })

    test(`tells none twice when more come before its page ${page}`, async () => {
      const { store, disturbed } = await plant()
      const record = await disturbed(page, () => store.reject(refused('others', 1_200))).exportVisitor('gone')
      expect(record?.rejected.map(({ event }) => event)).toEqual(['"gone 0"', '"gone 1"', '"gone 2"'])
    })

    test(`lists all that stay when nearer ones are deleted before its page ${page}`, async () => {
      const { store, disturbed } = await plant()
      const reading = disturbed(page, () => store.erase('other', NOON))
      const listed = await reading.listRejected({ after: 0, most: 10_000 })
      expect(listed.filter(({ visitor }) => visitor !== 'other')).toHaveLength(1_403)
    })
  }
})
