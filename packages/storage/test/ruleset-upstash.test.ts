import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { startUpstashBridge, type UpstashBridge } from '../../../test/support/upstash-bridge.ts'
import { createUpstashRuleset, writeUpstashRuleset } from '../src/ruleset-upstash.ts'
import { makeText, SECRET } from './support/make-published.ts'

const PLACEMENTS = {
  hero: { baseline: 'größe', variants: ['größe', 'hiking', 'german', '😀', 'default'] },
  offer: { baseline: 'none', variants: ['none', 'ten-percent'] },
}

describe.skipIf(NO_REDIS)(`on a bridge before a real Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let redis: RedisServer
  let bridge: UpstashBridge
  beforeAll(async () => {
    redis = await startRedis()
    bridge = await startUpstashBridge({ redis: redis.port })
  })
  afterAll(async () => {
    await bridge.close()
    await redis.stop()
  })

  test('what was published is read in one call, is looked at in one, and read again when it changed', async () => {
    const place = { url: bridge.url, token: bridge.token, secret: SECRET, key: 'of the guide – ünï' }
    await writeUpstashRuleset(makeText('r1', { placements: PLACEMENTS }), place)
    const source = createUpstashRuleset(place)
    const before = bridge.calls()
    const first = await source.load()
    expect([first.revision, first.placements, bridge.calls() - before]).toEqual(['r1', PLACEMENTS, 1])
    await source.refresh()
    expect([await source.load(), bridge.calls() - before]).toEqual([first, 2])
    await writeUpstashRuleset(makeText('r2'), place)
    await source.refresh()
    expect((await source.load()).revision).toBe('r2')
  })

  test('publishing with a wrong token writes nothing', async () => {
    const place = { url: bridge.url, token: 'wrong', secret: SECRET, key: 'untouched' }
    await expect(writeUpstashRuleset(makeText('r1'), place)).rejects.toThrow(
      /Upstash refused SET: Unauthorized/,
    )
    expect(await redis.ask('EXISTS', 'untouched')).toBe(0)
  })
})
