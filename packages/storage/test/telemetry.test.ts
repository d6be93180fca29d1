import { planRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { guardReader } from '../src/guard.ts'
import { createMemoryStore } from '../src/memory.ts'
import { createMemoryQueue, runWorker } from '../src/queue.ts'
import { StoreBusyError, StoreWriteError } from '../src/store-error.ts'
import { STORE_DURATION } from '../src/telemetry/observe-store.ts'
import {
  observeDelays,
  observeQueue,
  observeReads,
  observeRuleset,
  observeStore,
  observeWorker,
  STORAGE_METRICS,
} from '../src/telemetry.ts'
import { startTelemetry, untold } from './support/telemetry.ts'

const plan = planRuleset({
  version: 1,
  revision: 'r1',
  events: { view: {} },
  segments: { keen: { when: { count: 'view', atLeast: 2 } } },
})
const event = (id: string) => ({ id, name: 'view', time: 1_000_000, properties: {} })

test('a store tells how long it took, by operation and by what went wrong, and answers as before', async () => {
  const { meter, metrics, sum } = startTelemetry()
  let now = 0
  const errors = [new StoreBusyError('away'), new StoreWriteError('full'), new Error('other'), undefined]
  const inner = {
    ...createMemoryStore(),
    load: async () => {
      now += 7
      throw errors.shift()
    },
  }
  const store = observeStore(inner, { meter, system: 'memory', clock: () => now })
  expect(await store.append({ visitor: 'v', events: [event('a')], plan })).toMatchObject({ accepted: ['a'] })
  await expect(store.load()).rejects.toThrow('away')
  await expect(store.load()).rejects.toThrow('full')
  await expect(store.load()).rejects.toThrow('other')
  await expect(store.load()).rejects.toBeUndefined()
  expect(await metrics()).toEqual([
    'attune.store.duration{db.system.name=memory,db.operation.name=append} 1',
    'attune.store.duration{db.system.name=memory,db.operation.name=load,error.type=busy} 1',
    'attune.store.duration{db.system.name=memory,db.operation.name=load,error.type=other} 2',
    'attune.store.duration{db.system.name=memory,db.operation.name=load,error.type=write} 1',
  ])
  expect(await sum('attune.store.duration')).toBeCloseTo(0.028)
  await store.close()
})

test('every question that a store answers is timed, merges among them', async () => {
  const { meter, metrics } = startTelemetry()
  const store = createMemoryStore()
  const asked = Object.keys(store).filter((name) => name !== 'close')
  expect([...(STORE_DURATION.attributes['db.operation.name'] ?? [])]).toEqual(expect.arrayContaining(asked))
  const observed = observeStore(store, { meter, system: 'memory' })
  await observed.append({ visitor: 'phone', events: [event('a')], plan })
  await observed.mergeVisitor('phone', 'account', plan, 1)
  expect(await observed.absorbedBy('account')).toEqual(['phone'])
  expect((await observed.exportVisitor('account'))?.events).toHaveLength(1)
  await observed.erase('account', 2)
  await expect(observed.mergeVisitor('phone', 'account', plan, 3)).rejects.toThrow('erased')
  expect(await metrics()).toEqual(
    [
      'absorbedBy} 1',
      'append} 1',
      'erase} 1',
      'exportVisitor} 1',
      'mergeVisitor,error.type=other} 1',
      'mergeVisitor} 1',
    ].map((line) => `attune.store.duration{db.system.name=memory,db.operation.name=${line}`),
  )
  await store.close()
})

test('guarded reads tell what came of them, and how old a profile was that stood in', async () => {
  const { meter, metrics, sum } = startTelemetry()
  const memory = createMemoryStore()
  let isAway = false
  let now = 0
  const load: typeof memory.load = async (...asked) => {
    if (isAway) throw new StoreBusyError('away')
    return memory.load(...asked)
  }
  const reader = guardReader({ load }, { clock: () => now, onRead: observeReads({ meter }) })
  await reader.load('anna', plan)
  isAway = true
  now = 4_000
  await reader.load('anna', plan)
  await expect(reader.load('ben', plan)).rejects.toThrow('away')
  expect(await metrics()).toEqual([
    'attune.profile.age{} 1',
    'attune.profile.read.duration{attune.profile.read.outcome=failed} 1',
    'attune.profile.read.duration{attune.profile.read.outcome=stale} 1',
    'attune.profile.read.duration{attune.profile.read.outcome=store} 1',
  ])
  expect(await sum('attune.profile.age')).toBe(4)
})

test('a ruleset source tells its state and age when somebody looks', async () => {
  const { meter, metrics } = startTelemetry()
  observeRuleset({ state: () => ({ state: 'stale', revision: 'r1', age: 90_000 }) }, { meter })
  expect(await metrics()).toEqual([
    'attune.ruleset.age{} 90',
    'attune.ruleset.state{attune.ruleset.state=default} 0',
    'attune.ruleset.state{attune.ruleset.state=fresh} 0',
    'attune.ruleset.state{attune.ruleset.state=stale} 1',
  ])
})

test.each([
  [{ entries: 12, oldest: 1_000, setAside: 2 }, ['oldest{} 2.5', 'set_aside{} 2', 'up{} 1', 'waiting{} 12']],
  [{ entries: 0, oldest: null, setAside: 0 }, ['oldest{} 0', 'set_aside{} 0', 'up{} 1', 'waiting{} 0']],
  // It cannot tell since when.
  [{ entries: 3, oldest: null, setAside: 0 }, ['set_aside{} 0', 'up{} 1', 'waiting{} 3']],
  [undefined, ['up{} 0']],
])('a queue with %j tells %j', async (answer, told) => {
  const { meter, metrics } = startTelemetry()
  const waiting = async () => answer ?? Promise.reject(new StoreBusyError('away'))
  observeQueue({ waiting }, { meter, clock: () => 3_500 })
  expect(await metrics()).toEqual(told.map((line) => `attune.queue.${line}`))
})

test('a worker tells each delay and its counts, and reports them as before', async () => {
  const { meter, metrics, sum } = startTelemetry()
  const queue = createMemoryQueue({ partitions: 1 })
  const store = createMemoryStore()
  const stopping = new AbortController()
  const delays = observeDelays({ meter })
  const worker = runWorker({
    queue,
    store,
    plan: () => plan,
    signal: stopping.signal,
    clock: () => 5_000,
    delays,
  })
  observeWorker(worker, { meter })
  await queue.push({ visitor: 'v', events: [event('a'), event('b')], received: 3_000 })
  await queue.push({ visitor: 'v', events: [event('b')], received: 4_000 })
  await expect.poll(() => worker.report().delays.count).toBe(3)
  expect(await metrics()).toEqual([
    'attune.fold.delay{} 3',
    'attune.worker.events{attune.event.result=accepted} 2',
    'attune.worker.events{attune.event.result=conflict} 0',
    'attune.worker.events{attune.event.result=duplicate} 1',
    'attune.worker.partitions{} 1',
    'attune.worker.set_aside{} 0',
  ])
  expect(await sum('attune.fold.delay')).toBe(5)
  expect([worker.report().delays.sum, worker.report().delays.longest]).toEqual([5_000, 2_000])
  stopping.abort()
  await worker.ended
  await queue.close()
  expect(untold(await metrics(), STORAGE_METRICS)).toEqual([])
})
