import { beforeEach, describe, expect, test } from 'vitest'
import { foldAll, makeEvent, makeEvents, NOON, PLAN } from '../../src/contract/builders.ts'
import { createMemoryQueue } from '../../src/drivers/memory-queue.ts'
import { createMemoryStore } from '../../src/memory.ts'
import type { IntakeStore, RejectedEvent } from '../../src/profile-store.ts'
import { createQueuedStore, type QueuedStore } from '../../src/queue/create-queued-store.ts'
import type { EventQueue } from '../../src/queue/event-queue.ts'
import { StoreBusyError } from '../../src/store-error.ts'

let queue: EventQueue
let inner: ReturnType<typeof createMemoryStore>
let now: number
let errors: unknown[]
beforeEach(() => {
  queue = createMemoryQueue({ partitions: 1 })
  inner = createMemoryStore()
  now = NOON
  errors = []
})

const create = (store = inner, deadline = 25): QueuedStore =>
  createQueuedStore({ queue, store, deadline, clock: () => now, onError: (error) => errors.push(error) })
const add = (store: IntakeStore, ...ids: readonly string[]) =>
  store.append({ visitor: 'v', events: ids.map((id) => makeEvent(id, Number(id))), plan: PLAN })
const eventsOf = (...ids: readonly number[]) => ids.map((id) => makeEvent(String(id), id))

async function foldOne(): Promise<void> {
  const consumer = queue.consume()
  const [entry] = await consumer.take({ most: 1, wait: 0 })
  await inner.append({ visitor: entry!.visitor, events: entry!.events, plan: PLAN })
  await consumer.done([entry!])
  await consumer.close()
}

test('an append is answered with the profile after it, and waits in the queue', async () => {
  const store = create()
  const result = await add(store, '1', '2', '1')
  expect(result).toEqual({
    profile: foldAll(eventsOf(1, 2)),
    before: null,
    accepted: ['1', '2'],
    duplicates: ['1'],
    conflicts: [],
  })
  expect(await queue.waiting()).toMatchObject({ entries: 1, oldest: NOON })
  expect(await inner.load('v', PLAN)).toBeNull()
})

test('what was pushed a moment ago is in the next answer, folded or not, and never twice', async () => {
  const store = create()
  await add(store, '1')
  await add(store, '2')
  for (const folds of [0, 1, 1]) {
    if (folds > 0) await foldOne()
    expect(await store.load('v', PLAN)).toEqual(foldAll(eventsOf(1, 2)))
  }
  const result = await add(store, '2', '3')
  expect({ ...result, before: result.before }).toEqual({
    profile: foldAll(eventsOf(1, 2, 3)),
    before: foldAll(eventsOf(1, 2)),
    accepted: ['3'],
    duplicates: ['2'],
    conflicts: [],
  })
})

test('before a batch is what was pushed before it', async () => {
  const store = create()
  await add(store, '1')
  expect((await add(store, '2')).before).toEqual(foldAll(eventsOf(1)))
})

test('an id that is known with other content is a conflict, whether it is folded or not', async () => {
  const store = create()
  await add(store, '1')
  const other = { visitor: 'v', events: [makeEvent('1', 1, { name: 'purchase' })], plan: PLAN }
  expect(await store.append(other)).toMatchObject({ accepted: [], conflicts: ['1'] })
  await foldOne()
  expect(await store.append(other)).toMatchObject({ accepted: [], duplicates: [], conflicts: ['1'] })
  expect(await store.load('v', PLAN)).toEqual(foldAll(eventsOf(1)))
})

test('another process that folded what this one pushed otherwise is believed', async () => {
  const store = create()
  await add(store, '1')
  await inner.append({ visitor: 'v', events: [makeEvent('1', 1, { name: 'purchase' })], plan: PLAN })
  expect(await add(store, '2')).toMatchObject({ accepted: ['2'], duplicates: [], conflicts: [] })
})

test('a store that does not answer in time keeps no push from being acknowledged', async () => {
  const never = { ...inner, rehearse: () => new Promise<never>(() => {}) }
  const store = create(never, 1)
  await add(store, '1')
  expect(await add(store, '1', '2', '2')).toEqual({
    profile: null,
    before: null,
    accepted: ['2'],
    duplicates: ['1', '2'],
    conflicts: [],
  })
  expect(await queue.waiting()).toMatchObject({ entries: 2 })
  expect(String(errors[0])).toContain('no answer within 1 ms')
})

test('a store that fails keeps no push from being acknowledged either', async () => {
  const broken = { ...inner, rehearse: () => Promise.reject(new StoreBusyError('down')) }
  expect(await add(create(broken), '1')).toMatchObject({ profile: null, accepted: ['1'] })
  expect(errors).toEqual([new StoreBusyError('down')])
})

test('a push that fails fails the append, and is not remembered', async () => {
  const store = create()
  await queue.close()
  await expect(add(store, '1')).rejects.toThrow(/closed/)
  expect(await store.load('v', PLAN)).toBeNull()
})

test('a store that does not answer is left alone, and asked again after a while', async () => {
  let asked = 0
  const broken = {
    ...inner,
    rehearse: () => {
      asked++
      return Promise.reject(new StoreBusyError('down'))
    },
  }
  const store = create(broken)
  for (let at = 0; at < 20; at++) await add(store, String(at))
  expect(asked).toBe(5)
  expect(await queue.waiting()).toMatchObject({ entries: 20 })
})

test('of a visitor who pushes without end the last 256 events are remembered', async () => {
  const store = create()
  for (let at = 0; at < 300; at++) await add(store, String(at))
  expect((await store.load('v', PLAN))?.signals['total view_item']).toEqual({ total: 256 })
})

test('what was pushed is remembered for five minutes, of 5,000 visitors', async () => {
  const store = create()
  await add(store, '1')
  now += 300_000
  expect(await store.load('v', PLAN)).not.toBeNull()
  now += 1
  expect(await store.load('v', PLAN)).toBeNull()
  for (let at = 0; at <= 5_000; at++) {
    await store.append({ visitor: `w${at}`, events: [makeEvent('a')], plan: PLAN })
  }
  expect(await store.load('w0', PLAN)).toBeNull()
  expect(await store.load('w1', PLAN)).not.toBeNull()
})

describe('what is refused', () => {
  const bot = { reason: 'bot', time: NOON, event: '{}' }
  let isAway: boolean
  let asked: number
  let awaySometimes: typeof inner
  beforeEach(() => {
    isAway = true
    asked = 0
    const unless = <T>(ask: () => Promise<T>): Promise<T> =>
      isAway ? Promise.reject(new StoreBusyError('down')) : ask()
    awaySometimes = {
      ...inner,
      rehearse: (batch) => unless(() => inner.rehearse(batch)),
      reject: (rejected) => {
        asked++
        return unless(() => inner.reject(rejected))
      },
      rejectedCounts: () => unless(() => inner.rejectedCounts()),
    }
  })

  test('is taken while the store is away, and counted once when the next append finds it again', async () => {
    const store = create(awaySometimes)
    await store.reject([bot, { ...bot, reason: 'consent' }])
    await store.reject([bot])
    expect(errors).toEqual([new StoreBusyError('down'), new StoreBusyError('down')])
    await expect(store.rejectedCounts()).rejects.toThrow('down')
    isAway = false
    await add(store, '1')
    expect(await inner.rejectedCounts()).toEqual({ bot: 2, consent: 1 })
    await add(store, '2')
    expect(await store.rejectedCounts()).toEqual({ bot: 2, consent: 1 })
  })

  test('is asked about no more often than the breaker lets through', async () => {
    const store = create(awaySometimes)
    for (let at = 0; at < 20; at++) await store.reject([bot])
    expect(asked).toBe(5)
  })

  test('does not wait for a store that does not answer', async () => {
    let settle = (_: Error) => {}
    const never = new Promise<never>((_, reject) => {
      settle = reject
    })
    const store = create({ ...inner, reject: () => never }, 1)
    await store.reject([bot])
    settle(new StoreBusyError('down'))
    expect(await inner.rejectedCounts()).toEqual({})
  })

  test('is counted to the last one in a flood, and the newest 1,000 are whole', async () => {
    const taken: RejectedEvent[] = []
    const reject = async (rejected: readonly RejectedEvent[]) => {
      await awaySometimes.reject(rejected)
      expect(rejected.length).toBeLessThanOrEqual(1_000)
      taken.push(...rejected)
    }
    const store = create({ ...awaySometimes, reject })
    for (let at = 0; at < 40; at++) {
      await store.reject(Array.from({ length: 100 }, (_, n) => ({ ...bot, event: `${at * 100 + n}` })))
    }
    isAway = false
    await store.close()
    expect(taken.map(({ event }) => event)).toEqual([
      ...Array.from({ length: 3_000 }, () => ''),
      ...Array.from({ length: 1_000 }, (_, n) => `${3_000 + n}`),
    ])
  })

  test('is handed over on closing, also when it is on its way and that try fails', async () => {
    const first = Promise.withResolvers<void>()
    let tries = 0
    const store = create(
      {
        ...inner,
        reject: async (rejected) => {
          if (++tries === 1) await first.promise
          return inner.reject(rejected)
        },
        close: async () => {},
      },
      0,
    )
    await store.reject([{ reason: 'consent', time: NOON, event: 'x' }])
    const closed = store.close()
    first.reject(new StoreBusyError('away'))
    await closed
    expect(await inner.rejectedCounts()).toEqual({ consent: 1 })
  })

  test('is refused itself after the store was closed', async () => {
    const store = create()
    await store.close()
    await expect(store.reject([bot])).rejects.toThrow(/closed/)
  })
})

test('refusals and sweeps go to the store, and closing closes both', async () => {
  const store = create()
  await store.reject([{ reason: 'bot', time: NOON, event: '' }])
  expect(await store.rejectedCounts()).toEqual({ bot: 1 })
  await inner.append({ visitor: 'v', events: makeEvents(3), plan: PLAN })
  expect(await store.sweep(NOON + 900 * 86_400_000, { events: 0, profiles: 0 })).toEqual({
    events: 3,
    profiles: 1,
  })
  await store.close()
  await expect(queue.waiting()).rejects.toThrow(/closed/)
  await expect(inner.load('v', PLAN)).rejects.toThrow(/closed/)
})
