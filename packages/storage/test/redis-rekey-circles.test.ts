import { afterEach, describe, expect, test } from 'vitest'
import { NO_REDIS } from '../../../test/support/redis.ts'
import { createRedisStore } from '../src/commands/create-redis-store.ts'
import { storeKeys } from '../src/commands/store-keys.ts'
import { makeEvent, makeEvents, NOON, PLAN } from '../src/contract/builders.ts'
import { withPseudonyms } from '../src/pseudonyms.ts'
import { dyingCommands } from './support/dying-commands.ts'
import { idOf, idsIn, KEYS, keyOf, MARK, NEW, rekeySite } from './support/plain-ids.ts'
import { useRedis } from './support/use-redis.ts'

const SITE = 'site'
const EVENTS = makeEvents(6)
// Which of both comes first decides who goes where.
const ORDERS = [
  ['smaller', idOf('v')],
  ['larger', `A ${MARK}`],
] as const

describe.skipIf(NO_REDIS)(`an id and the key of it, in a Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  const redis = useRedis()
  afterEach(() => redis.server.ask('FLUSHALL'))

  const open = (commands = redis.commands) => createRedisStore('test', commands, { site: SITE })
  const hosts = () => withPseudonyms(open(), [NEW, 'plain'])
  const add = (visitor: string, from: number, to: number) =>
    open().append({ visitor, events: EVENTS.slice(from, to), plan: PLAN })
  const eventsOf = async (visitor: string) =>
    (await withPseudonyms(open(), NEW).exportVisitor(visitor))?.events
  const mark = (from: string, into: string) =>
    redis.server.ask('HSET', storeKeys(SITE).visitor(from).profile, 'moved', into, 'movedAt', `${NOON}`)

  test.each(ORDERS)(
    'that was merged into its own id, and is the %s of both, is turned round, and all others are moved',
    async (_, id) => {
      const key = KEYS.of(id)[0]
      await add(key, 0, 3)
      await add(id, 2, 5)
      await open().mergeVisitor(key, id, PLAN, NOON)
      await add(idOf('another'), 0, 2)
      expect(await rekeySite(redis.commands, SITE)).toMatchObject({ moved: 2, waiting: 0, failed: 0 })
      expect(await eventsOf(id)).toEqual(EVENTS.slice(0, 5))
      expect(await eventsOf(idOf('another'))).toHaveLength(2)
      expect(await idsIn(redis.commands, SITE)).toEqual([])
      expect((await hosts().append({ visitor: id, events: [EVENTS[5]!], plan: PLAN })).accepted).toEqual([
        'e5',
      ])
    },
  )

  test.each(ORDERS)(
    'that was merged into its own id, and is the %s of both, is turned round, wherever it was killed',
    async (_, id) => {
      const key = KEYS.of(id)[0]
      let wasKilled = true
      for (let step = 0; wasKilled; step++) {
        await add(key, 0, 3)
        await add(id, 2, 5)
        await open().mergeVisitor(key, id, PLAN, NOON)
        const dying = dyingCommands(redis.commands, step, step % 2 === 0 ? 'after' : 'before')
        wasKilled = await rekeySite(dying, SITE).then(
          () => false,
          () => true,
        )
        expect(await rekeySite(redis.commands, SITE)).toMatchObject({ waiting: 0, failed: 0 })
        expect(await eventsOf(id)).toEqual(EVENTS.slice(0, 5))
        expect(await idsIn(redis.commands, SITE)).toEqual([])
        await redis.server.ask('FLUSHALL')
      }
    },
  )

  test('that leads to its own id by way of somebody else is turned round, and that one comes along', async () => {
    const [id, other] = [idOf('v'), keyOf('other')]
    await add(id, 0, 3)
    await mark(keyOf('v'), other)
    await mark(other, id)
    expect(await rekeySite(redis.commands, SITE)).toMatchObject({ moved: 1, failed: 0 })
    expect(await eventsOf(id)).toHaveLength(3)
    await expect(add(other, 3, 4)).rejects.toMatchObject({ into: keyOf('v') })
    expect(await idsIn(redis.commands, SITE)).toEqual([])
  })

  test('that leads to its own id, which leads to somebody else, leads there', async () => {
    const [id, key] = [idOf('v'), keyOf('v')]
    await mark(key, id)
    await mark(id, keyOf('account'))
    await add(keyOf('account'), 0, 2)
    expect(await rekeySite(redis.commands, SITE)).toMatchObject({ moved: 1, failed: 0 })
    await expect(add(key, 3, 4)).rejects.toMatchObject({ into: keyOf('account') })
    expect(await idsIn(redis.commands, SITE)).toEqual([])
  })

  test('that leads to its own id, where nobody is, stands for nobody', async () => {
    await mark(keyOf('v'), idOf('v'))
    expect(await rekeySite(redis.commands, SITE)).toMatchObject({ moved: 0, failed: 0 })
    expect((await add(keyOf('v'), 0, 1)).accepted).toEqual(['e0'])
    expect(await idsIn(redis.commands, SITE)).toEqual([])
  })

  test('behind several markers brings who came back under the id to whoever is at their end', async () => {
    const chain = ['v', 'one', 'two', 'three'].map(keyOf)
    for (const [at, from] of chain.slice(0, -1).entries()) await mark(from, chain[at + 1]!)
    await add(chain[3]!, 0, 2)
    await add(idOf('v'), 2, 4)
    expect(await rekeySite(redis.commands, SITE)).toMatchObject({ moved: 1, failed: 0 })
    expect(await eventsOf(idOf('three'))).toEqual(EVENTS.slice(0, 4))
    expect(await idsIn(redis.commands, SITE)).toEqual([])
  })

  test('whose markers lead in a circle is counted and loses nothing, and all others are moved', async () => {
    await mark(keyOf('v'), keyOf('one'))
    await mark(keyOf('one'), keyOf('two'))
    await mark(keyOf('two'), keyOf('one'))
    await add(idOf('v'), 0, 2)
    await Promise.all(['w', 'x', 'y'].map((name) => add(idOf(name), 0, 2)))
    expect(await rekeySite(redis.commands, SITE)).toMatchObject({ moved: 3, failed: 1 })
    expect((await open().exportVisitor(idOf('v')))?.events).toHaveLength(2)
  })

  test('that was merged into its own id holds up nobody: what is told goes to the id until it is turned round', async () => {
    await add(keyOf('v'), 0, 3)
    await open().mergeVisitor(keyOf('v'), idOf('v'), PLAN, NOON)
    const late = { visitor: idOf('v'), events: [makeEvent('late', 9)], plan: PLAN }
    expect((await hosts().rehearse(late)).accepted).toEqual(['late'])
    expect((await hosts().append(late)).accepted).toEqual(['late'])
    expect((await open().exportVisitor(idOf('v')))?.events).toHaveLength(4)
  })

  describe('while the one is on the way to the other', () => {
    // Killed between freezing and folding.
    const freeze = async (name: string): Promise<void> => {
      await add(idOf(name), 0, 3)
      const dying = open(dyingCommands(redis.commands, 1, 'after'))
      await dying.mergeVisitor(idOf(name), keyOf(name), PLAN, NOON).catch(() => {})
    }

    test('is no other visitor: whoever asks is not told that they went somewhere', async () => {
      await freeze('v')
      const asked = { visitor: idOf('v'), events: [makeEvent('late', 9)], plan: PLAN }
      await expect(open().rehearse(asked)).rejects.toMatchObject({ into: keyOf('v') })
      expect(await hosts().rehearse(asked)).toMatchObject({ before: null, accepted: ['late'] })
    })

    test('goes to the account of whoever signs in', async () => {
      await freeze('v')
      expect(await hosts().mergeVisitor(idOf('v'), 'account', PLAN, NOON)).toMatchObject({ events: 3 })
      expect(await eventsOf('account')).toHaveLength(3)
    })
  })
})
