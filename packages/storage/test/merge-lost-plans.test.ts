import type { AttuneEvent } from '@attune/core'
import { describe, expect, test, vi } from 'vitest'
import { NO_REDIS } from '../../../test/support/redis.ts'
import { createRedisStore } from '../src/commands/create-redis-store.ts'
import { storeKeys } from '../src/commands/store-keys.ts'
import type { SuiteStore } from '../src/contract/asked-store.ts'
import { foldAll, makeEvents, NEXT_PLAN, NOON, PLAN } from '../src/contract/builders.ts'
import { dyingCommands } from './support/dying-commands.ts'
import { useRedis } from './support/use-redis.ts'

vi.setConfig({ testTimeout: 60_000 })

const DAY = 86_400_000
const RETENTION = { events: 90 * DAY, profiles: 400 * DAY }
// So many that some of them are in the base, and more than go over in one request.
const [LAST, ...REST] = makeEvents(1_401).toReversed()
const EVENTS = REST.toReversed()
// A merge was noted, and the one was frozen.
const FROZEN = { step: 1, when: 'after' } as const

describe.skipIf(NO_REDIS)(
  `a sweep that finishes a merge when the plans are lost${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  () => {
    const redis = useRedis()
    let site = 0

    /** Breaks a merge of the phone into the account off, loses the plans, and gives a store that never heard of them. */
    async function breakOff(ofAccount = 0): Promise<() => SuiteStore> {
      const settings = { site: `site ${++site}` }
      const open = (others = redis.commands): SuiteStore => createRedisStore('test', others, settings)
      const store = open()
      if (ofAccount > 0)
        await store.append({ visitor: 'account', events: EVENTS.slice(0, ofAccount), plan: PLAN })
      await store.append({ visitor: 'phone', events: EVENTS.slice(ofAccount), plan: PLAN })
      const dying = open(dyingCommands(redis.commands, FROZEN.step, FROZEN.when))
      await dying.mergeVisitor('phone', 'account', PLAN, NOON).catch(() => {})
      await redis.commands.pipeline([['DEL', storeKeys(settings.site).plans]])
      return open
    }

    const eventsOf = async (store: SuiteStore) =>
      (await store.exportVisitor('account'))?.events.map(({ id }) => id)
    const ids = (events: readonly AttuneEvent[]) => events.map(({ id }) => id)

    test('carries everything to somebody nobody has heard of, and what can be folded is', async () => {
      const open = await breakOff()
      await open().sweep(NOON, RETENTION)
      expect(await eventsOf(open())).toEqual(ids(EVENTS))
      expect(await open().load('phone', PLAN)).toBeNull()
      const { duplicates, profile } = await open().append({ visitor: 'account', events: EVENTS, plan: PLAN })
      expect(duplicates).toHaveLength(EVENTS.length)
      expect(profile).toEqual(foldAll(EVENTS))
    })

    test('leaves the one where it is when the other is there too, until one of them is appended to', async () => {
      const open = await breakOff(20)
      await open().sweep(NOON, RETENTION)
      expect(await eventsOf(open())).toEqual(ids(EVENTS.slice(0, 20)))
      await open().append({ visitor: 'account', events: [LAST!], plan: PLAN })
      await open().sweep(NOON, RETENTION)
      expect(await eventsOf(open())).toEqual(ids([...EVENTS, LAST!]))
      expect(await open().load('account', PLAN)).toEqual(foldAll([...EVENTS, LAST!]))
    })

    test('folds what it can for the plan of the other one', async () => {
      const open = await breakOff(20)
      await open().append({ visitor: 'account', events: [], plan: NEXT_PLAN })
      await open().sweep(NOON, RETENTION)
      expect(await eventsOf(open())).toEqual(ids(EVENTS))
      expect(await open().load('phone', NEXT_PLAN)).toBeNull()
    })
  },
)
