import { afterAll, beforeAll } from 'vitest'
import { type RedisServer, startRedis } from '../../../../test/support/redis.ts'
import type { RedisCommands } from '../../src/commands/redis-commands.ts'
import { connectRedis } from '../../src/drivers/connect-redis.ts'

/** A Redis of the tests' own, and a connection to it; there once they run. */
export interface UsedRedis {
  readonly server: RedisServer
  readonly commands: RedisCommands
}

/** Starts a Redis before the tests of a `describe`, and ends it behind them. `options` are those of redis-server. */
export function useRedis(...options: readonly string[]): UsedRedis {
  const used = {} as { server: RedisServer; commands: RedisCommands }
  beforeAll(async () => {
    used.server = await startRedis(...options)
    used.commands = connectRedis('test', { url: used.server.url, timeout: 20_000 })
  }, 60_000)
  afterAll(async () => {
    await used.commands?.close()
    await used.server?.stop()
  })
  return used
}
