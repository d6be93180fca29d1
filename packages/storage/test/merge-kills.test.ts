import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { NO_REDIS } from '../../../test/support/redis.ts'
import { type RedisCluster, startRedisCluster } from '../../../test/support/redis-cluster.ts'
import { createRedisStore } from '../src/commands/create-redis-store.ts'
import { FREEZE } from '../src/commands/merge-scripts.ts'
import type { RedisCommands } from '../src/commands/redis-commands.ts'
import type { SuiteStore } from '../src/contract/asked-store.ts'
import { foldAll, makeEvents, NOON, PLAN } from '../src/contract/builders.ts'
import { connectRedis } from '../src/drivers/connect-redis.ts'
import { isErased, isMoved } from '../src/store-error.ts'
import { dyingCommands } from './support/dying-commands.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

// More than a merge has, so that the last of them is not killed at all.
const STEPS = 12
const EVENTS = makeEvents(600)
const DAY = 86_400_000

describe.skipIf(NO_REDIS)(
  `a merge that is killed at any of its steps${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  () => {
    let cluster: RedisCluster
    let commands: RedisCommands
    let store: SuiteStore
    let site = 0
    beforeAll(async () => {
      cluster = await startRedisCluster()
      commands = connectRedis('test', { nodes: cluster.urls, timeout: 5_000 })
    })
    afterAll(async () => {
      await store.close()
      await cluster.stop()
    })

    /** Kills a merge of a long history into another at each step in turn, and lets `after` go on; tells how many were killed. */
    async function killEach(after: () => Promise<void>): Promise<number> {
      let killed = 0
      for (const when of ['before', 'after'] as const) {
        for (let step = 0; step < STEPS; step++) {
          const settings = { site: `site ${++site}`, patience: 10_000 }
          store = createRedisStore('test', commands, settings)
          await store.append({ visitor: 'account', events: EVENTS.slice(0, 20), plan: PLAN })
          await store.append({ visitor: 'phone', events: EVENTS.slice(20), plan: PLAN })
          await store.mergeVisitor('tablet', 'phone', PLAN, NOON)
          const dying = createRedisStore('test', dyingCommands(commands, step, when), settings)
          const outcome = await dying.mergeVisitor('phone', 'account', PLAN, NOON).then(
            () => 'done',
            () => 'killed',
          )
          killed += outcome === 'killed' ? 1 : 0
          await after()
        }
      }
      return killed
    }

    const isFolded = async (): Promise<void> => {
      const profile = await store.load('account', PLAN)
      expect(profile?.signals['times view_item']).toEqual(foldAll(EVENTS).signals['times view_item'])
      expect(profile?.signals['total view_item']).toEqual({ total: 300 })
      expect((await store.exportVisitor('account'))?.events).toEqual(EVENTS)
      expect(
        (await store.append({ visitor: 'account', events: EVENTS, plan: PLAN })).duplicates,
      ).toHaveLength(600)
      expect(await store.exportVisitor('phone')).toBeNull()
      expect([...(await store.absorbedBy('account'))].sort()).toEqual(['phone', 'tablet'])
    }

    test('is finished by asking again', async () => {
      const killed = await killEach(async () => {
        await store.mergeVisitor('phone', 'account', PLAN, NOON + 1)
        await isFolded()
      })
      expect(killed).toBeGreaterThan(STEPS)
    })

    test('is finished by whoever appends for the one that is on its way, or was never begun', async () => {
      await killEach(async () => {
        const late = { visitor: 'phone', events: EVENTS.slice(590), plan: PLAN }
        const told = await store.append(late).then(() => 'not begun', isMoved)
        if (told === 'not begun') await store.mergeVisitor('phone', 'account', PLAN, NOON)
        await isFolded()
      })
    })

    test('is finished by a sweep', async () => {
      await killEach(async () => {
        await store.sweep(NOON, { events: 90 * DAY, profiles: 400 * DAY })
        if ((await store.load('phone', PLAN)) !== null)
          await store.mergeVisitor('phone', 'account', PLAN, NOON)
        await isFolded()
      })
    })

    test('brings over all of a history that takes several requests, whichever of them was the last', async () => {
      const events = makeEvents(2_600)
      for (let step = 4; step < STEPS; step++) {
        const settings = { site: `site ${++site}`, patience: 10_000 }
        store = createRedisStore('test', commands, settings)
        await store.append({ visitor: 'phone', events, plan: PLAN })
        const dying = createRedisStore('test', dyingCommands(commands, step, 'after'), settings)
        await dying.mergeVisitor('phone', 'account', PLAN, NOON).catch(() => {})
        await store.mergeVisitor('phone', 'account', PLAN, NOON)
        expect((await store.exportVisitor('account'))?.events).toEqual(events)
        expect(await store.exportVisitor('phone')).toBeNull()
      }
    })

    test('leaves nothing behind when the other one is erased just before it is frozen', async () => {
      const settings = { site: `site ${++site}`, patience: 10_000 }
      store = createRedisStore('test', commands, settings)
      await store.append({ visitor: 'phone', events: EVENTS, plan: PLAN })
      const racing: RedisCommands = {
        ...commands,
        run: async (script, keys, args) => {
          if (script === FREEZE) await store.erase('account', NOON)
          return commands.run(script, keys, args)
        },
      }
      const merging = createRedisStore('test', racing, settings).mergeVisitor('phone', 'account', PLAN, NOON)
      await expect(merging).rejects.toSatisfy(isErased)
      expect(await store.exportVisitor('phone')).toBeNull()
      const late = store.append({ visitor: 'phone', events: EVENTS, plan: PLAN })
      await expect(late).rejects.toSatisfy(isErased)
    })

    test('leaves nothing behind when the other one is erased, unless it was never begun', async () => {
      await killEach(async () => {
        const wasBegun = (await store.load('phone', PLAN)) === null
        await store.erase('account', NOON)
        const left = await store.exportVisitor('phone')
        expect(left === null).toBe(wasBegun)
        const late = store.append({ visitor: 'phone', events: [], plan: PLAN })
        expect(await late.then(() => false, isErased)).toBe(wasBegun)
      })
    })
  },
)
