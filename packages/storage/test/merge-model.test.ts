import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AttuneEvent, IDENTIFY } from '@attune/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { createRedisStore } from '../src/commands/create-redis-store.ts'
import type { SuiteStore } from '../src/contract/asked-store.ts'
import { foldAll, makeEvent, NOON, PLAN } from '../src/contract/builders.ts'
import { connectRedis } from '../src/drivers/connect-redis.ts'
import { createMemoryStore } from '../src/memory.ts'
import { createSqliteStore } from '../src/sqlite.ts'
import { isErased, isMoved } from '../src/store-error.ts'
import { dyingCommands } from './support/dying-commands.ts'

const SEQUENCES = process.env.ATTUNE_SOAK === '1' ? 50_000 : 2_000

const device = fc.constantFrom('phone', 'laptop', 'tablet')
const account = fc.constantFrom('ann', 'bob')
const ids = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 })
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('append' as const), who: device, ids }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('append' as const), who: account, ids }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('merge' as const), who: device, into: account, kill: fc.nat(12) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), who: fc.oneof(device, account) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

// Every fourth tells traits, with sources that weigh more or less.
function eventOf(id: number): AttuneEvent {
  if (id % 4 > 0) return makeEvent(`e${id}`, id)
  const properties = { size: id % 8 === 0 ? `size ${id}` : null, $weights: { size: 1 + (id % 3) } }
  return makeEvent(`e${id}`, id, { name: IDENTIFY, properties })
}

/** A store, and one of a process that is killed at a step of its merge. */
interface Subject {
  readonly store: SuiteStore
  readonly dying: (step: number) => SuiteStore
}

/** Does the steps and says what must be so in the end; `name` keeps the visitors of one sequence from those of another. */
async function play({ store, dying }: Subject, steps: readonly Step[], name: string): Promise<void> {
  const known = new Map<string, Set<number>>()
  const owner = new Map<string, string>()
  const erased = new Set<string>()
  // Killed, and so begun or not.
  const unsettled = new Map<string, string>()
  const eventsOf = (who: string): Set<number> => known.get(who) ?? known.set(who, new Set()).get(who)!
  const idOf = (who: string): string => `${name} ${who}`

  const settle = (who: string, into: string): void => {
    owner.set(who, into)
    unsettled.delete(who)
    for (const id of eventsOf(who)) eventsOf(into).add(id)
    known.delete(who)
  }
  const eraseAll = (who: string): void => {
    erased.add(who)
    known.delete(who)
    for (const [one, into] of owner) if (into === who) erased.add(one)
  }
  const append = async (who: string, own: readonly number[]): Promise<void> => {
    try {
      await store.append({ visitor: idOf(who), events: own.map(eventOf), plan: PLAN })
      expect(erased).not.toContain(who)
      for (const id of own) eventsOf(who).add(id)
    } catch (error) {
      if (isErased(error)) return void expect([...erased]).toContain(who)
      if (!isMoved(error)) throw error
      const into = error.into.slice(name.length + 1)
      expect(unsettled.get(who) ?? owner.get(who)).toBe(into)
      if (unsettled.has(who)) settle(who, into)
      await append(into, own)
    }
  }
  const merge = async (who: string, into: string): Promise<void> => {
    try {
      await store.mergeVisitor(idOf(who), idOf(into), PLAN, NOON)
      if (!erased.has(who) && !owner.has(who)) settle(who, into)
      unsettled.delete(who)
    } catch (error) {
      if (isErased(error)) return void expect([...erased]).toContain(into)
      if (!isMoved(error)) throw error
      expect(`${name} ${owner.get(who) ?? unsettled.get(who)}`).toBe(error.into)
      expect(error.into).not.toBe(idOf(into))
    }
  }
  const finish = async (who: string): Promise<void> => {
    const into = unsettled.get(who)
    if (into !== undefined) await merge(who, into)
  }

  for (const one of steps) {
    if (one.do === 'sweep') await store.sweep(NOON, { events: 90 * 86_400_000, profiles: 400 * 86_400_000 })
    else if (one.do === 'append') await append(one.who, one.ids)
    else if (one.do === 'erase') {
      for (const who of [...unsettled.keys()]) await finish(who)
      await store.erase(idOf(one.who), NOON)
      owner.delete(one.who)
      eraseAll(one.who)
    } else {
      await finish(one.who)
      const wasKilled = await dying(one.kill)
        .mergeVisitor(idOf(one.who), idOf(one.into), PLAN, NOON)
        .then(
          () => false,
          (error: unknown) => !isErased(error) && !isMoved(error),
        )
      const isNew = !erased.has(one.who) && !erased.has(one.into) && !owner.has(one.who)
      if (!wasKilled) await merge(one.who, one.into)
      else if (isNew) unsettled.set(one.who, one.into)
    }
  }
  for (const who of [...unsettled.keys()]) await finish(who)
  for (const who of ['phone', 'laptop', 'tablet', 'ann', 'bob']) {
    const profile = await store.load(idOf(who), PLAN)
    const own = owner.has(who) || erased.has(who) ? [] : [...eventsOf(who)]
    expect(profile).toEqual(own.length === 0 ? null : foldAll(own.map(eventOf)))
  }
}

function playMany(subject: () => Subject, numRuns: number): Promise<void> {
  let sequences = 0
  return fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20, size: 'max' }), (steps) =>
      play(subject(), steps, String(sequences++)),
    ),
    { numRuns, endOnFailure: SEQUENCES > 2_000 },
  )
}

const whole = (store: SuiteStore): Subject => ({ store, dying: () => store })

test(
  `whatever is appended, merged, erased and asked again in whatever order, everybody is the fold of their events: ${SEQUENCES} sequences in memory`,
  () => playMany(() => whole(createMemoryStore()), SEQUENCES),
  SEQUENCES * 60,
)

test('and in SQLite, of which 30 are asked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'attune-'))
  const store = createSqliteStore({ path: join(folder, 'attune.db') })
  await playMany(() => whole(store), 30)
  await store.close()
  rmSync(folder, { recursive: true })
}, 120_000)

describe.skipIf(NO_REDIS)(
  `and in Redis, with merges killed in between${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  () => {
    let server: RedisServer
    beforeAll(async () => {
      server = await startRedis()
    })
    afterAll(() => server.stop())

    test('of which 60 are asked', async () => {
      const commands = connectRedis('test', { url: server.url, timeout: 10_000 })
      const store = createRedisStore('test', commands)
      const dying = (at: number): SuiteStore =>
        createRedisStore('test', dyingCommands(commands, at, at % 2 === 0 ? 'before' : 'after'))
      await playMany(() => ({ store, dying }), 60)
      await store.close()
    }, 120_000)
  },
)
