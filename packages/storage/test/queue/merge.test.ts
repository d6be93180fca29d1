import { beforeEach, expect, test, vi } from 'vitest'
import { foldAll, makeEvents, NOON, PLAN } from '../../src/contract/builders.ts'
import { createMemoryQueue } from '../../src/drivers/memory-queue.ts'
import { createMemoryStore } from '../../src/memory.ts'
import { withPseudonyms } from '../../src/pseudonyms.ts'
import { createQueuedStore, type QueuedStore } from '../../src/queue/create-queued-store.ts'
import type { EventQueue } from '../../src/queue/event-queue.ts'
import { runWorker } from '../../src/queue/run-worker.ts'

vi.setConfig({ testTimeout: 30_000 })

const EVENTS = makeEvents(12)
const MOVED = { name: 'VisitorMovedError', into: 'account' }
let queue: EventQueue
let inner: ReturnType<typeof createMemoryStore>
let store: QueuedStore
beforeEach(() => {
  queue = createMemoryQueue()
  inner = createMemoryStore()
  store = createQueuedStore({ queue, store: inner, clock: () => NOON })
})

const add = (visitor: string, from: number, to: number) =>
  store.append({ visitor, events: EVENTS.slice(from, to), plan: PLAN })
const merge = () => store.mergeVisitor('phone', 'account', PLAN, NOON)

async function workUntilEmpty() {
  const controller = new AbortController()
  const worker = runWorker({ queue, store: inner, plan: () => PLAN, signal: controller.signal })
  await expect.poll(async () => (await queue.waiting()).entries).toBe(0)
  controller.abort()
  await worker.ended
  return worker.report()
}

test('what waits of a merged visitor is folded where the other one is', async () => {
  await add('phone', 0, 4)
  await add('account', 4, 8)
  await merge()
  await queue.push({ visitor: 'phone', events: EVENTS.slice(8), received: NOON })
  expect(await workUntilEmpty()).toMatchObject({ accepted: 12, duplicates: 0, erased: 0, setAside: 0 })
  expect(await inner.load('account', PLAN)).toEqual(foldAll(EVENTS))
  expect(await inner.load('phone', PLAN)).toBeNull()
})

test('the very next page knows what both just did, though nothing is folded yet', async () => {
  await add('phone', 0, 5)
  await add('account', 5, 12)
  expect((await merge()).profile).toEqual(foldAll(EVENTS))
  expect(await store.load('account', PLAN)).toEqual(foldAll(EVENTS))
  expect(await store.load('phone', PLAN)).toBeNull()
})

test('a collector is told where a merged visitor went, and what it then appends there counts once', async () => {
  await merge()
  await expect(add('phone', 0, 12)).rejects.toMatchObject(MOVED)
  await add('account', 0, 12)
  expect(await workUntilEmpty()).toMatchObject({ accepted: 12, duplicates: 12 })
  expect(await inner.load('account', PLAN)).toEqual(foldAll(EVENTS))
})

test('what another process merged, this one remembers no more under the old id', async () => {
  await add('phone', 0, 12)
  await inner.mergeVisitor('phone', 'account', PLAN, NOON)
  expect(await store.load('phone', PLAN)).toBeNull()
  await workUntilEmpty()
  expect(await store.load('account', PLAN)).toEqual(foldAll(EVENTS))
})

test('whoever erases the account erases what waits of everybody merged into it, also what was set aside', async () => {
  await merge()
  await queue.push({ visitor: 'phone', events: EVENTS.slice(0, 3), received: NOON })
  const consumer = queue.consume()
  const [entry] = await consumer.take({ most: 1, wait: 0 })
  await consumer.setAside(entry!, 'TypeError')
  await consumer.close()
  await queue.push({ visitor: 'phone', events: EVENTS.slice(3, 5), received: NOON })
  expect(await store.erase('account', NOON)).toMatchObject({ queued: 5 })
  expect(await queue.waiting()).toEqual({ entries: 0, oldest: null, setAside: 0 })
})

test('all of it behind pseudonyms, which the worker does not know', async () => {
  const named = withPseudonyms(store, ['a secret of more than thirty-two signs'])
  await named.append({ visitor: 'phone', events: EVENTS.slice(0, 6), plan: PLAN })
  await named.append({ visitor: 'account', events: EVENTS.slice(6), plan: PLAN })
  expect((await named.mergeVisitor('phone', 'account', PLAN, NOON)).profile).toEqual(foldAll(EVENTS))
  await workUntilEmpty()
  expect(await named.load('account', PLAN)).toEqual(foldAll(EVENTS))
  const late = named.append({ visitor: 'phone', events: EVENTS, plan: PLAN })
  const into = await late.then(
    () => '',
    (error: { readonly into: string }) => error.into,
  )
  expect(into).toMatch(/^h1\./)
  expect((await named.append({ visitor: into, events: EVENTS, plan: PLAN })).duplicates).toHaveLength(12)
})
