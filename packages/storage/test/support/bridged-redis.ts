import { afterAll, beforeAll } from 'vitest'
import { type RedisServer, startRedis } from '../../../../test/support/redis.ts'
import { startUpstashBridge, type UpstashBridge } from '../../../../test/support/upstash-bridge.ts'

/** A Redis that is reached as Upstash is, from the first test of a `describe` to its last. */
export interface BridgedRedis {
  readonly server: RedisServer
  readonly bridge: UpstashBridge
  /** A site that nobody has used. */
  nextSite(): string
}

/** Starts a Redis with a bridge before it for the tests of the `describe` that it is called in. */
export function bridgeRedis(): BridgedRedis {
  let server: RedisServer
  let bridge: UpstashBridge
  let sites = 0
  beforeAll(async () => {
    server = await startRedis()
    bridge = await startUpstashBridge({ redis: server.port })
  })
  afterAll(async () => {
    await bridge.close()
    await server.stop()
  })
  return {
    get server() {
      return server
    },
    get bridge() {
      return bridge
    },
    nextSite: () => `site ${++sites}`,
  }
}
