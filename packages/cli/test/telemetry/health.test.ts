import type { RulesetState } from '@attune/storage'
import { expect, test, vi } from 'vitest'
import { createHealth, type LookAtPart } from '../../src/telemetry/health.ts'
import { lookAtLoad, lookAtQueue, lookAtRuleset, lookAtStore } from '../../src/telemetry/parts.ts'

function makeHealth(parts: { readonly [part: string]: LookAtPart }) {
  const time = { now: 1_000_000 }
  const changes: string[] = []
  const health = createHealth({
    parts,
    clock: () => time.now,
    onChange: ({ part, status }, lasted) => changes.push(`${part} ${status} ${lasted}`),
    patience: 20,
  })
  return { ...health, time, changes }
}

test('a part that is well is no news; one that fails tells why and since when, and one that comes back for how long', async () => {
  let error: Error | undefined
  const store = async () => {
    if (error !== undefined) throw error
    return { facts: { breaker: 'closed' } }
  }
  const { look, time, changes } = makeHealth({ store })
  expect(await look()).toMatchObject({
    status: 'ok',
    since: 1_000_000,
    parts: [{ part: 'store', status: 'ok' }],
  })
  time.now += 5_000
  error = new Error('connect ECONNREFUSED 10.0.0.7:6379 for anna@example.com')
  const ill = { part: 'store', status: 'degraded', why: 'connect ECONNREFUSED [address]:6379 for [mail]' }
  expect(await look()).toEqual({
    status: 'degraded',
    since: 1_005_000,
    started: 1_000_000,
    now: 1_005_000,
    parts: [{ ...ill, since: 1_005_000, facts: undefined }],
  })
  time.now += 5_000
  expect(await look()).toMatchObject({ status: 'degraded', since: 1_005_000 })
  error = undefined
  time.now += 2_000
  expect(await look()).toMatchObject({ status: 'ok', since: 1_012_000, parts: [{ since: 1_012_000 }] })
  expect(changes).toEqual(['store degraded 5000', 'store ok 7000'])
})

test('a part that never answers is degraded after a while and keeps no other waiting', async () => {
  const { look } = makeHealth({ store: () => new Promise(() => {}), queue: async () => ({}) })
  const { parts } = await look()
  expect(parts.map(({ part, status }) => [part, status])).toEqual([
    ['store', 'degraded'],
    ['queue', 'ok'],
  ])
  expect(parts[0]?.why).toBe('It gave no answer within 20 ms. See whether it is up and can be reached.')
})

test('however many look, a part is asked once a second', async () => {
  const part = vi.fn(async () => ({}))
  const { look, time } = makeHealth({ part })
  await Promise.all([look(), look()])
  await look()
  expect(part).toHaveBeenCalledTimes(1)
  time.now += 1_000
  await look()
  expect(part).toHaveBeenCalledTimes(2)
})

test('a process that stops says so, since then', async () => {
  const { look, stop, isStopping, time } = makeHealth({})
  time.now += 3_000
  stop()
  expect(isStopping()).toBe(true)
  expect(await look()).toMatchObject({ status: 'stopping', since: 1_003_000 })
})

test('a store is well when it answers and its breaker is closed', async () => {
  const store = { rejectedCounts: async () => ({}) }
  expect(await lookAtStore(store)()).toEqual({ why: undefined, facts: undefined })
  expect(await lookAtStore(store, () => 'closed')()).toEqual({ facts: { breaker: 'closed' }, why: undefined })
  expect(await lookAtStore(store, undefined, 'pseudonyms')()).toEqual({
    facts: { ids: 'pseudonyms' },
    why: undefined,
  })
  expect(await lookAtStore(store, () => 'open')()).toMatchObject({
    facts: { breaker: 'open' },
    why: expect.stringContaining('hardly asked'),
  })
  const away = { rejectedCounts: () => Promise.reject(new Error('no answer of 10.0.0.7')) }
  expect(await lookAtStore(away, () => 'half-open')()).toEqual({
    facts: { breaker: 'half-open' },
    why: 'no answer of [address]',
  })
})

test('a queue whose oldest entry waits for more than a minute is degraded', async () => {
  const look = (oldest: number | null) =>
    lookAtQueue({ waiting: async () => ({ entries: 3, oldest, setAside: 1 }) }, () => 100_000)()
  expect(await look(99_500)).toEqual({ facts: { waiting: 3, delaySeconds: 0.5, setAside: 1 } })
  expect(await look(null)).toEqual({ facts: { waiting: 3, delaySeconds: null, setAside: 1 } })
  expect(await look(10_000)).toMatchObject({
    facts: { delaySeconds: 90 },
    why: 'The oldest entry has waited for 1 min 30 s. Start more workers, with the --redis, --site and --partitions of `attune serve`.',
  })
})

test('a ruleset is well while its source says so, else it tells why the last good one goes on', async () => {
  let state: RulesetState = { state: 'fresh', revision: 'test.1', age: 1_500 }
  const look = lookAtRuleset({ state: () => state })
  expect(await look()).toEqual({ facts: { state: 'fresh', revision: 'test.1', ageSeconds: 1.5 } })
  state = { state: 'stale', revision: 'test.1', age: 60_000, trouble: 'No answer of 10.0.0.7.' }
  const facts = { state: 'stale', revision: 'test.1', ageSeconds: 60 }
  expect(await look()).toEqual({ facts, why: 'The last good one goes on. No answer of [address].' })
  state = { state: 'stale', revision: 'test.1', age: 60_000 }
  expect(await look()).toEqual({ facts, why: 'Nobody said lately that it is the newest.' })
})

test('a process is overloaded for half a minute after it refused something', async () => {
  const facts = { underWay: 700, limit: 800, shed: 12 }
  const look = (age: number | undefined) => lookAtLoad({ state: () => ({ ...facts, age }) })()
  expect(await look(undefined)).toEqual({ facts })
  expect(await look(20_000)).toEqual({ facts, why: expect.stringContaining('Start more of it') })
  expect(await look(40_000)).toEqual({ facts })
})
