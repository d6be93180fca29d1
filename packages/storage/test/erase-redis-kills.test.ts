import { beforeAll, describe, expect, test } from 'vitest'
import { NO_REDIS } from '../../../test/support/redis.ts'
import { createRedisStore } from '../src/commands/create-redis-store.ts'
import type { RedisCommands } from '../src/commands/redis-commands.ts'
import { NOON } from '../src/contract/builders.ts'
import { withPseudonyms } from '../src/pseudonyms.ts'
import { CANARY, findCanary, markedEvent } from './support/canary.ts'
import { dyingCommands } from './support/dying-commands.ts'
import { ACCOUNT, ACCOUNT_PLAN, BROWSERS, KEPT, OTHER, plantAccount } from './support/marked-account.ts'
import { useRedis } from './support/use-redis.ts'

const SECRET = 'a secret of the tests of thirty-two signs'
// Far more than an erasure has.
const MOST_STEPS = 500

describe.skipIf(NO_REDIS)(`an erasure in a real Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  // Compressed, a canary could hide.
  const redis = useRedis('--rdbcompression', 'no')
  let folder: string
  beforeAll(async () => {
    folder = ((await redis.server.ask('CONFIG', 'GET', 'dir')) as readonly [string, string])[1]
  })

  const open = (of: RedisCommands) =>
    withPseudonyms(createRedisStore('test', of, { site: 'canary', patience: 60_000 }), SECRET)

  async function findInServer(): Promise<readonly string[]> {
    await redis.server.ask('SAVE')
    return findCanary(folder)
  }

  // Whole or under its way out, and never a part that nobody can find any more.
  async function eraseUnderKill(step: number, when: 'before' | 'after'): Promise<boolean> {
    const store = open(redis.commands)
    await plantAccount(store)
    expect(await findInServer()).not.toEqual([])
    const wasKilled = await open(dyingCommands(redis.commands, step, when))
      .erase(ACCOUNT, NOON + 2)
      .then(
        () => false,
        () => true,
      )
    if (!wasKilled) expect(await findInServer()).toEqual([])
    const left = await store.exportVisitor(ACCOUNT)
    if (left !== null) expect(left.events.length).toBe(KEPT)
    await store.erase(ACCOUNT, NOON + 3)
    expect(await findInServer(), `killed ${when} step ${step}`).toEqual([])
    for (const visitor of [ACCOUNT, ...BROWSERS]) {
      const late = store.append({ visitor, events: [markedEvent(CANARY, 1)], plan: ACCOUNT_PLAN })
      await expect(late).rejects.toMatchObject({ name: 'VisitorErasedError' })
    }
    const other = await store.exportVisitor(OTHER)
    expect([other?.events.length, other?.rejected.length]).toEqual([4, 1])
    await redis.server.ask('FLUSHALL')
    return wasKilled
  }

  test('is finished when it is asked again, before and after whichever step it was killed', async () => {
    let step = 0
    while (step < MOST_STEPS) {
      const wasKilled = await eraseUnderKill(step, 'before')
      await eraseUnderKill(step, 'after')
      if (!wasKilled) break
      step++
    }
    expect(step).toBeGreaterThan(10)
    expect(step).toBeLessThan(MOST_STEPS)
  }, 300_000)
})
