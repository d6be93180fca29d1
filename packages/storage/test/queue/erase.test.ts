import { beforeEach, expect, test, vi } from 'vitest'
import { foldAll, makeEvent, makeEvents, NOON, PLAN } from '../../src/contract/builders.ts'
import { createMemoryQueue } from '../../src/drivers/memory-queue.ts'
import { createMemoryStore } from '../../src/memory.ts'
import type { RejectedEvent } from '../../src/profile-store.ts'
import { createQueuedStore, type QueuedStore } from '../../src/queue/create-queued-store.ts'
import type { EventQueue } from '../../src/queue/event-queue.ts'
import { createRefusalLine } from '../../src/queue/refusal-line.ts'
import { runWorker } from '../../src/queue/run-worker.ts'
import { StoreBusyError } from '../../src/store-error.ts'

vi.setConfig({ testTimeout: 30_000 })

let queue: EventQueue
let inner: ReturnType<typeof createMemoryStore>
beforeEach(() => {
  queue = createMemoryQueue()
  inner = createMemoryStore()
})

const create = (store = inner): QueuedStore => createQueuedStore({ queue, store, clock: () => NOON })
const add = (store: QueuedStore, visitor = 'v', ...ids: readonly string[]) =>
  store.append({ visitor, events: ids.map((id) => makeEvent(id)), plan: PLAN })
const ERASED = { name: 'VisitorErasedError' }

async function workUntilEmpty() {
  const controller = new AbortController()
  const worker = runWorker({ queue, store: inner, plan: () => PLAN, signal: controller.signal })
  await expect.poll(async () => (await queue.waiting()).entries).toBe(0)
  controller.abort()
  await worker.ended
  return worker.report()
}

test('an erasure reaches the store, the queue and what this process remembers', async () => {
  const store = create()
  await inner.append({ visitor: 'v', events: makeEvents(3), plan: PLAN })
  await add(store, 'v', 'a', 'b')
  await add(store, 'w', 'c')
  expect(await store.erase('v', NOON)).toEqual({
    at: NOON,
    profiles: 1,
    events: 3,
    rejected: 0,
    queued: 2,
    leftovers: [],
  })
  expect(await store.load('v', PLAN)).toBeNull()
  expect(await queue.waiting()).toMatchObject({ entries: 1 })
  await workUntilEmpty()
  expect(await inner.load('w', PLAN)).toEqual(foldAll([makeEvent('c')]))
})

test('an append of an erased visitor is refused behind a queue as well, and not remembered', async () => {
  const store = create()
  await store.erase('v', NOON)
  await expect(add(store, 'v', 'a')).rejects.toMatchObject(ERASED)
  expect(await store.load('v', PLAN)).toBeNull()
  expect(await workUntilEmpty()).toMatchObject({ entries: 1, accepted: 0, erased: 1, setAside: 0 })
  expect(await inner.load('v', PLAN)).toBeNull()
})

test('a worker drops what another process pushed of an erased visitor, and goes on with the others', async () => {
  await queue.push({ visitor: 'v', events: makeEvents(4), received: NOON })
  await queue.push({ visitor: 'w', events: makeEvents(2), received: NOON })
  await inner.erase('v', NOON)
  expect(await workUntilEmpty()).toMatchObject({ entries: 2, accepted: 2, erased: 4, setAside: 0 })
})

test('what another process erased, this one remembers no more once it hears of it', async () => {
  const store = create()
  await add(store, 'v', 'a')
  await inner.erase('v', NOON)
  expect(await store.load('v', PLAN)).toBeNull()
  await expect(add(store, 'v', 'b')).rejects.toMatchObject(ERASED)
})

test('an erasure that the store does not take rejects, and is asked again', async () => {
  let isAway = true
  const erase: typeof inner.erase = (visitor, at) =>
    isAway ? Promise.reject(new StoreBusyError('down')) : inner.erase(visitor, at)
  const store = create({ ...inner, erase })
  await add(store, 'v', 'a')
  await expect(store.erase('v', NOON)).rejects.toThrow('down')
  isAway = false
  await inner.append({ visitor: 'v', events: makeEvents(2), plan: PLAN })
  expect(await store.erase('v', NOON)).toMatchObject({ profiles: 1, events: 2 })
})

test('refused events that wait are counted without whose they were', async () => {
  let isAway = true
  const reject: typeof inner.reject = (rejected) =>
    isAway ? Promise.reject(new StoreBusyError('down')) : inner.reject(rejected)
  const store = create({ ...inner, reject })
  const refused = (visitor: string): RejectedEvent => ({
    reason: 'wrong-type',
    time: NOON,
    event: `"of ${visitor}"`,
    visitor,
  })
  await store.reject([refused('v'), refused('w')])
  await store.erase('v', NOON)
  isAway = false
  expect(await store.rejectedCounts()).toEqual({ 'wrong-type': 2 })
  expect((await inner.listRejected({ after: 0, most: 9 })).map(({ event }) => event)).toEqual(['', '"of w"'])
})

test('those on their way to a store that then fails are forgotten too', async () => {
  const written: (readonly RejectedEvent[])[] = []
  let fail = (_: Error): void => {}
  const line = createRefusalLine(
    (rejected) => {
      written.push(rejected)
      if (written.length > 1) return Promise.resolve()
      return new Promise<void>((_, reject) => {
        fail = reject
      })
    },
    () => NOON,
  )
  line.add([{ reason: 'bot', time: NOON, event: '"mine"', visitor: 'v', sent: NOON }])
  const first = line.handOver()
  line.forget('v')
  fail(new StoreBusyError('down'))
  await expect(first).rejects.toThrow('down')
  await line.handOver()
  expect(written[1]).toEqual([{ reason: 'bot', time: NOON, event: '' }])
})

test('refused events are listed and dropped behind a queue as in the store', async () => {
  const store = create()
  await store.reject([{ reason: 'bot', time: NOON, event: '{}' }])
  const [first] = await store.listRejected!({ after: 0, most: 9 })
  expect(first).toMatchObject({ reason: 'bot' })
  await store.dropRejected!([first!.id])
  expect(await inner.listRejected({ after: 0, most: 9 })).toEqual([])
})
