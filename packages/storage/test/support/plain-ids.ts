import { expect } from 'vitest'
import { createRedisStore } from '../../src/commands/create-redis-store.ts'
import type { RedisCommand, RedisCommands } from '../../src/commands/redis-commands.ts'
import { rekeyVisitors } from '../../src/commands/rekey-visitors.ts'
import { createStoreSpace } from '../../src/commands/store-space.ts'
import { makeEvents, NOON, PLAN } from '../../src/contract/builders.ts'
import { createVisitorKeys, withPseudonyms } from '../../src/pseudonyms.ts'
import type { RedisRekeyResult } from '../../src/redis-keys.ts'
import { dyingCommands } from './dying-commands.ts'

export const OLD = 'a secret of the year before of thirty-two signs'
export const NEW = 'a secret of this year of more than thirty-two'
export const KEYS: ReturnType<typeof createVisitorKeys> = createVisitorKeys([NEW, 'plain'])
/** In every id, and nowhere else. */
export const MARK = 'kanarienvogel'
export const idOf = (name: string): string => `${MARK} ${name}`
export const keyOf = (name: string): string => KEYS.of(idOf(name))[0]

const EVENTS = makeEvents(320)

/** What somebody finds who has the newest secret alone: how many events and refused events, or where whatever comes next is refused to. */
export const FOUND: { readonly [name: string]: unknown } = {
  // Of so many events some are in the base.
  long: { events: 320, rejected: 1 },
  short: { events: 4, rejected: 0 },
  both: { events: 6, rejected: 0 },
  erased: 'erased',
  'erased under the key': 'erased',
  account: { events: 30, rejected: 1 },
  phone: { into: 'account' },
  tablet: { into: 'account' },
  'broken off': { into: 'long gone' },
  'long gone': { events: 5, rejected: 0 },
  noted: { events: 2, rejected: 0 },
  empty: { into: 'nobody yet' },
  'refused alone': { events: 0, rejected: 1 },
}

/** Plants somebody in each state that a visitor can be in under their id as it is. */
export async function plantIds(commands: RedisCommands, site: string): Promise<void> {
  const open = (others = commands) => createRedisStore('test', others, { site, patience: 60_000 })
  const store = open()
  const keyed = withPseudonyms(store, NEW)
  const add = (name: string, from: number, to: number, into: typeof store = store) =>
    into.append({ visitor: idOf(name), events: EVENTS.slice(from, to), plan: PLAN })
  const merge = (from: string, into: string, others = commands) =>
    open(others).mergeVisitor(idOf(from), idOf(into), PLAN, NOON)
  await Promise.all([add('long', 0, 320), add('short', 0, 4), add('noted', 0, 2)])
  await Promise.all([add('both', 0, 4), add('both', 2, 6, keyed)])
  await add('erased', 0, 3)
  await store.erase(idOf('erased'), NOON)
  await add('erased under the key', 0, 3)
  await store.erase(keyOf('erased under the key'), NOON)
  await Promise.all([add('account', 0, 10), add('phone', 10, 20), add('tablet', 20, 30)])
  await merge('phone', 'account')
  await merge('tablet', 'account')
  await merge('empty', 'nobody yet')
  await add('broken off', 0, 5)
  await merge('broken off', 'long gone', dyingCommands(commands, 1, 'after')).catch(() => {})
  await merge('noted', 'short', dyingCommands(commands, 0, 'after')).catch(() => {})
  const refused = ['long', 'phone', 'refused alone'].map((name) => ({
    reason: 'wrong-type',
    time: NOON,
    event: '{}',
    visitor: idOf(name),
  }))
  await store.reject([...refused, { reason: 'bot', time: NOON, event: '"nobody"' }])
}

/** Where in all that a site keeps an id stands, with what stands before and behind it. */
export async function idsIn(commands: RedisCommands, site: string): Promise<readonly string[]> {
  const found: string[] = []
  let cursor = '0'
  do {
    const step = await commands.scan(cursor, `attune:${encodeURIComponent(site)}:*`, 1_000)
    for (const key of step.keys) {
      const [type] = await commands.pipeline([['TYPE', key]])
      const read: RedisCommand = type === 'list' ? ['LRANGE', key, 0, -1] : ['HGETALL', key]
      const text = `${key} ${JSON.stringify(await commands.pipeline([read]))}`
      found.push(...(text.match(new RegExp(`.{0,60}${MARK}.{0,60}`, 'g')) ?? []))
    }
    cursor = step.cursor
  } while (cursor !== '0')
  return found
}

/** Moves everybody of a site. */
export function rekeySite(commands: RedisCommands, site: string): Promise<RedisRekeyResult> {
  const space = createStoreSpace('test', commands, { site, patience: 60_000 })
  return rekeyVisitors(space, { keys: KEYS, now: NOON })
}

/** Nobody is lost, nothing counts twice, and nothing leads to an id. */
export async function expectRekeyed(commands: RedisCommands, site: string): Promise<void> {
  const inner = createRedisStore('test', commands, { site, patience: 60_000 })
  const store = withPseudonyms(inner, NEW)
  const lookFor = async (name: string): Promise<unknown> => {
    const record = await store.exportVisitor(idOf(name))
    try {
      const { profile } = await store.rehearse({ visitor: idOf(name), events: [], plan: PLAN })
      const events = record?.events.length ?? 0
      const total = EVENTS.slice(0, events).filter((event) => event.name === 'view_item').length
      expect((profile.signals['total view_item'] as { total?: number } | undefined)?.total ?? 0).toBe(total)
      return { events, rejected: record?.rejected.length ?? 0 }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      if (error.name === 'VisitorErasedError') return 'erased'
      const { into } = error as Error & { readonly into?: string }
      const names = [...Object.keys(FOUND), 'nobody yet']
      return error.name === 'VisitorMovedError' ? { into: names.find((one) => keyOf(one) === into) } : error
    }
  }
  const found: { [name: string]: unknown } = {}
  for (const name of Object.keys(FOUND)) found[name] = await lookFor(name)
  expect(found).toEqual(FOUND)
  expect(await idsIn(commands, site)).toEqual([])
  expect([...(await inner.absorbedBy(keyOf('account')))].sort()).toEqual(
    [keyOf('phone'), keyOf('tablet')].sort(),
  )
  expect(await inner.absorbedBy(keyOf('long'))).toEqual([])
  expect(await inner.listRejected({ after: 0, most: 9 })).toHaveLength(4)
}
