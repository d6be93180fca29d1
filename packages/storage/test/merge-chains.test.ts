import { describe, expect, test, vi } from 'vitest'
import { NO_REDIS } from '../../../test/support/redis.ts'
import { createRedisStore } from '../src/commands/create-redis-store.ts'
import type { RedisCommands } from '../src/commands/redis-commands.ts'
import { storeKeys } from '../src/commands/store-keys.ts'
import type { SuiteStore } from '../src/contract/asked-store.ts'
import { foldAll, makeEvents, NOON, PLAN } from '../src/contract/builders.ts'
import { isMoved } from '../src/store-error.ts'
import { dyingCommands } from './support/dying-commands.ts'
import { useRedis } from './support/use-redis.ts'

vi.setConfig({ testTimeout: 120_000 })

// More than a merge has, so that the last of them is not killed at all.
const STEPS = 13
const DAY = 86_400_000
const RETENTION = { events: 90 * DAY, profiles: 400 * DAY }
const EVENTS = makeEvents(60)
// So many that they go over in several requests.
const MANY = makeEvents(1_300)
const KILLS = Array.from({ length: STEPS }, (_, step) => [
  { step, when: 'before' as const },
  { step, when: 'after' as const },
]).flat()

describe.skipIf(NO_REDIS)(
  `a merge into somebody who is merged on before it has ended${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  () => {
    const redis = useRedis()
    let site = 0

    /** The phone, the account and the person, with the events of one history, and stores on them. */
    async function plant(events = EVENTS) {
      const settings = { site: `site ${++site}`, patience: 20_000 }
      const store = createRedisStore('test', redis.commands, settings)
      await store.append({ visitor: 'person', events: events.slice(0, 5), plan: PLAN })
      await store.append({ visitor: 'account', events: events.slice(5, 10), plan: PLAN })
      await store.append({ visitor: 'phone', events: events.slice(10), plan: PLAN })
      const over = (others: RedisCommands): SuiteStore => createRedisStore('test', others, settings)
      const key = storeKeys(settings.site)
      return { store, over, keysOf: (visitor: string) => key.visitor(visitor), events }
    }
    type Planted = Awaited<ReturnType<typeof plant>>

    async function expectWhole({ store, events }: Planted): Promise<void> {
      const record = await store.exportVisitor('person')
      expect(record?.events.map(({ id }) => id)).toEqual(events.map(({ id }) => id))
      const { signals } = (await store.load('person', PLAN)) ?? {}
      const folded = foldAll(events).signals
      for (const name of ['times view_item', 'total view_item']) expect(signals?.[name]).toEqual(folded[name])
      for (const gone of ['phone', 'account']) {
        const told = await store
          .append({ visitor: gone, events: [], plan: PLAN })
          .catch((error: unknown) => (isMoved(error) ? error.into : error))
        expect(told).toBe('person')
      }
      expect([...(await store.absorbedBy('person'))].sort()).toEqual(['account', 'phone'])
    }

    const rescues: { readonly [name: string]: (store: SuiteStore) => Promise<unknown> } = {
      'asks for it again': async () => {},
      'appends for the one that was on its way': (store) =>
        store.append({ visitor: 'phone', events: [], plan: PLAN }).catch(() => {}),
      sweeps: (store) => store.sweep(NOON, RETENTION),
    }
    for (const [name, rescue] of Object.entries(rescues)) {
      test(`loses and doubles nothing, killed at any of its steps, when somebody then ${name}`, async () => {
        for (const { step, when } of KILLS) {
          const planted = await plant()
          const { store, over } = planted
          const dying = over(dyingCommands(redis.commands, step, when))
          await dying.mergeVisitor('phone', 'account', PLAN, NOON).catch(() => {})
          await store.mergeVisitor('account', 'person', PLAN, NOON + 1)
          await rescue(store)
          // Where it was never begun, the person signs in on the phone again.
          await store.mergeVisitor('phone', 'person', PLAN, NOON + 2)
          await expectWhole(planted)
        }
      })
    }

    test('loses and doubles nothing when both are killed, at any two of their steps', async () => {
      for (const first of KILLS.filter(({ when }) => when === 'after')) {
        for (const second of KILLS.filter(({ when }) => when === 'after')) {
          const planted = await plant()
          const { store, over } = planted
          const [one, other] = [first, second].map(({ step, when }) =>
            over(dyingCommands(redis.commands, step, when)),
          )
          await one!.mergeVisitor('phone', 'account', PLAN, NOON).catch(() => {})
          await other!.mergeVisitor('account', 'person', PLAN, NOON + 1).catch(() => {})
          await store.append({ visitor: 'phone', events: [], plan: PLAN }).catch(() => {})
          await store.mergeVisitor('account', 'person', PLAN, NOON + 2)
          await store.mergeVisitor('phone', 'person', PLAN, NOON + 3)
          await expectWhole(planted)
        }
      }
    })

    test('loses and doubles nothing when all of the other one happens between two of its steps', async () => {
      const merges = [
        ['phone', 'account'],
        ['account', 'person'],
      ] as const
      for (const [outer, inner] of [merges, merges.toReversed()]) {
        for (let step = 0; step < STEPS; step++) {
          const planted = await plant(MANY)
          const { store, over } = planted
          let steps = 0
          const held: RedisCommands = {
            ...redis.commands,
            run: async (script, keys, args) => {
              if (steps++ === step) await store.mergeVisitor(inner![0], inner![1], PLAN, NOON + 1)
              return redis.commands.run(script, keys, args)
            },
          }
          await over(held)
            .mergeVisitor(outer![0], outer![1], PLAN, NOON)
            .catch(() => {})
          for (const [from, into] of merges)
            await store.mergeVisitor(from, into, PLAN, NOON + 2).catch(() => {})
          await store.mergeVisitor('phone', 'person', PLAN, NOON + 3)
          await expectWhole(planted)
        }
      }
    })

    test('keeps nothing of whoever leads to somebody who was erased, and all of whoever was not begun', async () => {
      for (const first of KILLS.filter(({ when }) => when === 'after')) {
        for (const second of KILLS.filter(({ when }) => when === 'after')) {
          const { store, over, keysOf } = await plant()
          const [one, other] = [first, second].map(({ step, when }) =>
            over(dyingCommands(redis.commands, step, when)),
          )
          await one!.mergeVisitor('phone', 'account', PLAN, NOON).catch(() => {})
          await other!.mergeVisitor('account', 'person', PLAN, NOON + 1).catch(() => {})
          const wasBegun = (await store.load('phone', PLAN)) === null
          const isOn = (await store.load('account', PLAN)) === null
          await store.erase('person', NOON + 2)
          const rows = ['phone', 'account'].flatMap((visitor) => {
            const { profile, recent, settled } = keysOf(visitor)
            return [
              ['HEXISTS', profile, 'erased'] as const,
              ['HLEN', recent] as const,
              ['HLEN', settled] as const,
            ]
          })
          const found = (await redis.commands.pipeline(rows)).map(Number)
          if (isOn) expect(found.slice(3)).toEqual([1, 0, 0])
          if (isOn && wasBegun) expect(found.slice(0, 3)).toEqual([1, 0, 0])
          if (!wasBegun) {
            expect((await store.exportVisitor('phone'))?.events).toEqual(EVENTS.slice(10))
          }
        }
      }
    })
  },
)
