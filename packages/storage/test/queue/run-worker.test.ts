import { EXPOSURE, type Profile } from '@attune/core'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { foldAll, makeEvent, makeEvents, NOON, PLAN, shuffle } from '../../src/contract/builders.ts'
import { createMemoryQueue } from '../../src/drivers/memory-queue.ts'
import { createMemoryStore } from '../../src/memory.ts'
import type { ProfileStore } from '../../src/profile-store.ts'
import type { EventQueue } from '../../src/queue/event-queue.ts'
import { runWorker } from '../../src/queue/run-worker.ts'
import type { RunningWorker, WorkerOptions } from '../../src/queue/worker.ts'
import { StoreBusyError, StoreWriteError } from '../../src/store-error.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let queue: EventQueue
let store: ProfileStore
let errors: string[]
beforeEach(() => {
  queue = createMemoryQueue()
  store = createMemoryStore()
  errors = []
})

interface Started {
  readonly worker: RunningWorker
  readonly stop: () => Promise<void>
}

function start(options: Partial<WorkerOptions> = {}): Started {
  const controller = new AbortController()
  const worker = runWorker({
    queue,
    store,
    plan: () => PLAN,
    signal: controller.signal,
    onError: (error, step) => errors.push(`${step}: ${error instanceof Error ? error.message : error}`),
    clock: () => NOON + 40,
    ...options,
  })
  const stop = (): Promise<void> => {
    controller.abort()
    return worker.ended
  }
  onTestFinished(stop)
  return { worker, stop }
}

const push = (visitor: string, events: Parameters<EventQueue['push']>[0]['events']) =>
  queue.push({ visitor, events, received: NOON })
const untilEmpty = () => expect.poll(async () => (await queue.waiting()).entries, { timeout: 10_000 }).toBe(0)
const profileOf = (visitor: string): Promise<Profile | null> => store.load(visitor, PLAN)

test('whatever the order and however often entries come, the profile is what core folds', async () => {
  const events = makeEvents(200)
  for (const event of shuffle([...events, ...events.slice(0, 40)], 5))
    await push(`v${event.id.length}`, [event])
  const { worker, stop } = start()
  await untilEmpty()
  await stop()
  for (const length of [2, 3, 4]) {
    expect(await profileOf(`v${length}`)).toEqual(foldAll(events.filter(({ id }) => id.length === length)))
  }
  expect(worker.report()).toMatchObject({
    entries: 240,
    accepted: 200,
    duplicates: 40,
    conflicts: 0,
    setAside: 0,
  })
})

test('the delay from receiving to folding is measured, by the event', async () => {
  await push('v', makeEvents(3))
  await push('w', [makeEvent('a')])
  const { worker } = start()
  await untilEmpty()
  const { delays } = worker.report()
  expect([delays.count, delays.sum, delays.longest]).toEqual([4, 160, 40])
})

test('the entries of one visitor are folded together, never side by side', async () => {
  const sizes: number[] = []
  let active = 0
  const slow: ProfileStore = {
    ...store,
    append: async (batch) => {
      expect(++active).toBe(1)
      sizes.push(batch.events.length)
      await new Promise((resolve) => setTimeout(resolve, 5))
      active--
      return store.append(batch)
    },
  }
  for (const event of makeEvents(700)) await push('v', [event])
  start({ store: slow, most: 1_000 })
  await untilEmpty()
  expect(sizes).toEqual([500, 200])
})

test('no more entries are held and no more visitors folded side by side than was said', async () => {
  let active = 0
  let most = 0
  const watched: ProfileStore = {
    ...store,
    append: async (batch) => {
      most = Math.max(most, ++active)
      await new Promise((resolve) => setTimeout(resolve, 1))
      active--
      return store.append(batch)
    },
  }
  for (let at = 0; at < 60; at++) await push(`v${at}`, [makeEvent('a')])
  const { worker } = start({ store: watched, most: 8, sideBySide: 3 })
  await untilEmpty()
  expect(most).toBe(3)
  expect(worker.report().entries).toBe(60)
})

test('an entry that fails five times is set aside, the visitor and the others go on', async () => {
  let tries = 0
  const picky: ProfileStore = {
    ...store,
    append: async (batch) => {
      if (batch.events.some(({ id }) => id === 'poison')) {
        if (batch.events.length === 1) tries++
        throw new RangeError('it does not fold')
      }
      return store.append(batch)
    },
  }
  await push('v', [makeEvent('before')])
  await push('v', [makeEvent('poison')])
  await push('v', [makeEvent('after', 1)])
  await push('w', [makeEvent('other')])
  const { worker } = start({ store: picky })
  await untilEmpty()
  expect(await queue.waiting()).toEqual({ entries: 0, oldest: null, setAside: 1 })
  // The first time they were together.
  expect(tries).toBe(4)
  expect(await profileOf('v')).toEqual(foldAll([makeEvent('before'), makeEvent('after', 1)]))
  expect(await profileOf('w')).toEqual(foldAll([makeEvent('other')]))
  expect(worker.report()).toMatchObject({ entries: 3, accepted: 3, setAside: 1 })
})

test('trouble of the store is waited out and sets nothing aside', async () => {
  let left = 4
  const troubled: ProfileStore = {
    ...store,
    append: async (batch) => {
      if (left-- > 0) throw new StoreBusyError('held')
      return store.append(batch)
    },
  }
  await push('v', [makeEvent('a')])
  const { worker } = start({ store: troubled, tries: 1 })
  await expect.poll(() => worker.report().entries, { timeout: 30_000 }).toBe(1)
  expect(await queue.waiting()).toMatchObject({ entries: 0, setAside: 0 })
}, 40_000)

test('visitors whose part of the store is in trouble hold up nobody else, however many they are', async () => {
  const part: ProfileStore = {
    ...store,
    append: async (batch) => {
      if (batch.visitor.startsWith('away')) throw new StoreBusyError('CLUSTERDOWN')
      return store.append(batch)
    },
  }
  for (let at = 0; at < 60; at++) await push(`away${at}`, [makeEvent('a')])
  for (let at = 0; at < 30; at++) await push(`well${at}`, [makeEvent('a')])
  const { worker } = start({ store: part, most: 16, sideBySide: 16 })
  await expect.poll(() => worker.report().entries, { timeout: 20_000 }).toBe(30)
  expect(await queue.waiting()).toMatchObject({ entries: 60, setAside: 0 })
})

test('what waits of one visitor whom the store cannot write keeps nobody from being taken', async () => {
  const picky: ProfileStore = {
    ...store,
    append: async (batch) => {
      if (batch.visitor === 'poison') throw new StoreWriteError('WRONGTYPE')
      return store.append(batch)
    },
  }
  for (const event of makeEvents(40)) await push('poison', [event])
  for (let at = 0; at < 10; at++) await push(`v${at}`, [makeEvent('a')])
  const { worker } = start({ store: picky, most: 16 })
  await expect.poll(() => worker.report().entries, { timeout: 20_000 }).toBe(10)
  // Others were folded meanwhile, so it is not the store: after the fifth time each is set aside.
  await push('late', [makeEvent('a')])
  await expect.poll(async () => (await queue.waiting()).entries, { timeout: 20_000 }).toBe(0)
  expect(await queue.waiting()).toMatchObject({ setAside: 40 })
})

test('a store that can write for nobody sets nothing aside', async () => {
  let left = 12
  const full: ProfileStore = {
    ...store,
    append: async (batch) => {
      if (left-- > 0) throw new StoreWriteError('the disk is full')
      return store.append(batch)
    },
  }
  await push('v', [makeEvent('a')])
  await push('w', [makeEvent('a')])
  const { worker } = start({ store: full, tries: 1 })
  await expect.poll(() => worker.report().entries, { timeout: 30_000 }).toBe(2)
  expect(worker.report().setAside).toBe(0)
}, 40_000)

test('an entry is not given up while the store does not answer at all', async () => {
  let isDown = true
  const raw: ProfileStore = {
    ...store,
    append: async (batch) => (isDown ? Promise.reject(new Error('ECONNREFUSED')) : store.append(batch)),
    load: async (visitor, plan) =>
      isDown ? Promise.reject(new Error('ECONNREFUSED')) : store.load(visitor, plan),
  }
  await push('v', [makeEvent('a')])
  start({ store: raw, tries: 1 })
  await expect.poll(() => errors.filter((error) => error.startsWith('set-aside')).length).toBeGreaterThan(1)
  isDown = false
  await untilEmpty()
  expect(await queue.waiting()).toMatchObject({ setAside: 0 })
})

test('a conflict is counted as a refusal, a repeated exposure is not', async () => {
  await push('v', [makeEvent('a'), makeEvent('e', 0, { name: EXPOSURE, properties: { placement: 'hero' } })])
  await push('v', [
    makeEvent('a', 0, { name: 'purchase' }),
    makeEvent('e', 0, { name: EXPOSURE, properties: { placement: 'hero', variant: 'b' } }),
  ])
  const { worker } = start()
  await untilEmpty()
  expect(await store.rejectedCounts()).toEqual({ conflict: 1 })
  expect(worker.report()).toMatchObject({ accepted: 2, duplicates: 1, conflicts: 1 })
})

test('at the signal what is under way is finished and the rest is given back', async () => {
  const begun: string[] = []
  let release = (): void => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const gated: ProfileStore = {
    ...store,
    append: async (batch) => {
      begun.push(batch.visitor)
      await gate
      return store.append(batch)
    },
  }
  for (let at = 0; at < 10; at++) await push(`v${at}`, [makeEvent('a')])
  const { worker, stop } = start({ store: gated, sideBySide: 2 })
  await expect.poll(() => begun.length).toBe(2)
  const ended = stop()
  release()
  await ended
  expect(worker.report().entries).toBe(2)
  expect(await queue.waiting()).toMatchObject({ entries: 8 })
  expect(await queue.consume().take({ most: 10, wait: 0 })).toHaveLength(8)
})

test('a queue that fails is asked again', async () => {
  let left = 3
  const troubled: EventQueue = {
    ...queue,
    consume: () => {
      const consumer = queue.consume()
      return {
        ...consumer,
        take: (options) => (left-- > 0 ? Promise.reject(new StoreBusyError('away')) : consumer.take(options)),
      }
    },
  }
  await push('v', [makeEvent('a')])
  start({ queue: troubled })
  await untilEmpty()
  expect(errors).toEqual(['take: away', 'take: away', 'take: away'])
})
