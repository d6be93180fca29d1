import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { foldAll, makeEvent, makeEvents, NOON, PLAN } from '../src/contract/builders.ts'
import { describeProfileStore } from '../src/contract.ts'
import { createMemoryStore } from '../src/memory.ts'
import type { AppendBatch } from '../src/profile-store.ts'
import { withPseudonyms } from '../src/pseudonyms.ts'
import { createMemoryQueue, createQueuedStore, runWorker } from '../src/queue.ts'
import { createVisitorKeys } from '../src/rights/visitor-keys.ts'
import { createSqliteStore } from '../src/sqlite.ts'
import { CANARY, findCanary, plant } from './support/canary.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const OLD = 'a secret of the year before of thirty-two signs'
const NEW = 'a secret of this year of more than thirty-two'
const ERASED = { name: 'VisitorErasedError' }
const batch = (...ids: readonly string[]): AppendBatch => ({
  visitor: 'v',
  events: ids.map((id, at) => makeEvent(id, at)),
  plan: PLAN,
})

describeProfileStore('memory behind pseudonyms', async () => ({
  store: withPseudonyms(createMemoryStore(), [NEW, OLD]),
  nameOf: (visitor) => createVisitorKeys([NEW, OLD]).of(visitor)[0],
}))

test('a store holds nobody under the id that they have, tombstones and refused events among them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'attune-'))
  const store = withPseudonyms(createSqliteStore({ path: join(folder, 'attune.db') }), [NEW])
  const visitor = `${CANARY}-whose-id-it-is`
  await plant(store, visitor, 12)
  expect(findCanary(folder, 'whose-id-it-is')).toEqual([])
  await store.erase(visitor, NOON)
  expect(findCanary(folder)).toEqual([])
  await expect(store.append({ ...batch('late'), visitor })).rejects.toMatchObject(ERASED)
  await store.close()
  rmSync(folder, { recursive: true })
})

test('without the secret nobody is found, and another secret makes another name', async () => {
  const inner = createMemoryStore()
  const append = vi.spyOn(inner, 'append')
  for (const secret of [NEW, OLD]) await withPseudonyms(inner, [secret]).append(batch('a'))
  const names = append.mock.calls.map(([{ visitor }]) => visitor)
  expect(names).toEqual([expect.stringMatching(/^h1\.[\w-]+\.[\w-]{22}$/), expect.stringMatching(/^h1\./)])
  expect(new Set(names).size).toBe(2)
  expect(await inner.load('v', PLAN)).toBeNull()
})

test.each([
  ['an older secret', [OLD], [NEW, OLD]],
  ['no secret', undefined, [NEW, 'plain']],
] as const)(
  'who was kept under %s goes on there, and who is new is kept under the newest',
  async (_, before, now) => {
    const inner = createMemoryStore()
    const earlier = before === undefined ? inner : withPseudonyms(inner, before)
    await earlier.append(batch('a'))
    await earlier.reject([{ reason: 'bot', time: NOON, event: '"old"', visitor: 'v' }])
    const store = withPseudonyms(inner, now)
    const { profile, before: was } = await store.append(batch('a', 'b'))
    expect([was, profile]).toEqual([foldAll(batch('a').events), foldAll(batch('a', 'b').events)])
    await store.reject([{ reason: 'bot', time: NOON, event: '"new"', visitor: 'v' }])
    const record = await store.exportVisitor('v')
    expect(record).toMatchObject({ visitor: 'v', events: [{ id: 'a' }, { id: 'b' }] })
    expect(record?.rejected.map(({ event }) => event).sort()).toEqual(['"new"', '"old"'])
    await store.append({ ...batch('c'), visitor: 'w' })
    expect(await withPseudonyms(inner, [NEW]).load('w', PLAN)).toEqual(foldAll(batch('c').events))
    expect(await store.erase('v', NOON)).toMatchObject({ profiles: 1, events: 2, rejected: 2 })
    for (const one of [store, earlier, withPseudonyms(inner, [NEW])]) {
      await expect(one.append(batch('late'))).rejects.toMatchObject(ERASED)
    }
  },
)

describe.each([
  ['an older secret', [OLD], [NEW, OLD]],
  ['no secret', undefined, [NEW, 'plain']],
] as const)('who was erased under %s', (_, before, now) => {
  const at = (inner: ReturnType<typeof createMemoryStore>) =>
    before === undefined ? inner : withPseudonyms(inner, before)

  test('is refused under the newest as well, and nothing of a refused event is kept', async () => {
    const inner = createMemoryStore()
    await at(inner).append(batch('a'))
    await at(inner).erase('v', NOON)
    const store = withPseudonyms(inner, now)
    await expect(store.append(batch('late'))).rejects.toMatchObject(ERASED)
    await expect(store.rehearse(batch('late'))).rejects.toMatchObject(ERASED)
    await store.reject([{ reason: 'wrong-type', time: NOON, event: '"canary"', visitor: 'v' }])
    expect(await inner.listRejected({ after: 0, most: 9 })).toEqual([
      { id: 1, reason: 'wrong-type', time: NOON, event: '' },
    ])
  })

  test('is refused behind a queue', async () => {
    const inner = createMemoryStore()
    await at(inner).erase('v', NOON)
    const queued = createQueuedStore({ queue: createMemoryQueue(), store: inner })
    await expect(withPseudonyms(queued, now).append(batch('late'))).rejects.toMatchObject(ERASED)
  })
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'attune-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe.each([
  ['memory', () => createMemoryStore()],
  ['sqlite', () => createSqliteStore({ path: join(makeFolder(), 'attune.db') })],
] as const)('in %s', (_, create) => {
  test.each([
    ['an older secret', [OLD], [NEW, OLD]],
    ['no secret', undefined, [NEW, 'plain']],
  ] as const)(
    'who comes back that was kept under %s is moved, and it can be left out',
    async (__, was, now) => {
      const inner = create()
      const earlier = was === undefined ? inner : withPseudonyms(inner, was)
      for (const visitor of ['v', 'w', 'x']) await earlier.append({ ...batch('a'), visitor })
      await earlier.erase('x', NOON)
      const between = withPseudonyms(inner, now)
      // At once, as pages that are opened together do.
      const results = await Promise.all(['b', 'c', 'd'].map((id) => between.append(batch('a', id))))
      expect(results.flatMap(({ accepted }) => accepted).sort()).toEqual(['b', 'c', 'd'])
      await expect(between.append({ ...batch('late'), visitor: 'x' })).rejects.toMatchObject(ERASED)
      const later = withPseudonyms(inner, [NEW])
      expect((await later.exportVisitor('v'))?.events.map(({ id }) => id).sort()).toEqual([
        'a',
        'b',
        'c',
        'd',
      ])
      expect(await later.load('w', PLAN)).toBeNull()
      expect(await between.load('w', PLAN)).not.toBeNull()
      expect(await later.erase('v', NOON)).toMatchObject({ profiles: 1, events: 4 })
      await expect(earlier.append(batch('late'))).rejects.toMatchObject(ERASED)
      await inner.close()
    },
  )
})

test('a refused event is put aside under the key that its visitor is kept under', async () => {
  const inner = createMemoryStore()
  await withPseudonyms(inner, [OLD]).append(batch('a'))
  const store = withPseudonyms(inner, [NEW, OLD])
  await store.reject([{ reason: 'wrong-type', time: NOON, event: '{}', visitor: 'v' }])
  const [{ visitor = '' } = {}] = await inner.listRejected({ after: 0, most: 9 })
  // As a replay does, which needs no secret.
  await inner.append({ ...batch('b'), visitor })
  expect((await store.exportVisitor('v'))?.events.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(await store.append(batch('a'))).toMatchObject({ duplicates: ['a'] })
})

test('while nobody can tell whether a visitor was erased, a refused event is counted and not kept', async () => {
  const inner = createMemoryStore()
  vi.spyOn(inner, 'load').mockRejectedValue(new Error('away'))
  const store = withPseudonyms(inner, [NEW, OLD])
  await store.reject([{ reason: 'wrong-type', time: NOON, event: '"canary"', visitor: 'v' }])
  expect(await inner.listRejected({ after: 0, most: 9 })).toEqual([
    { id: 1, reason: 'wrong-type', time: NOON, event: '' },
  ])
})

test('a worker folds without any secret what was queued under a pseudonym', async () => {
  const queue = createMemoryQueue()
  const inner = createMemoryStore()
  const store = withPseudonyms(createQueuedStore({ queue, store: inner }), [NEW])
  await store.append({ visitor: 'v', events: makeEvents(3), plan: PLAN })
  const controller = new AbortController()
  const worker = runWorker({ queue, store: inner, plan: () => PLAN, signal: controller.signal })
  await expect.poll(async () => (await queue.waiting()).entries).toBe(0)
  controller.abort()
  await worker.ended
  expect(await withPseudonyms(inner, [NEW]).load('v', PLAN)).toEqual(foldAll(makeEvents(3)))
})

test('what the quarantine gives back is replayed to whom it was', async () => {
  const store = withPseudonyms(createMemoryStore(), [NEW])
  await store.reject([{ reason: 'bot', time: NOON, event: '{}', visitor: 'v' }])
  const [{ visitor = '' } = {}] = await store.listRejected({ after: 0, most: 9 })
  expect(visitor).not.toBe('v')
  await store.append({ ...batch('a'), visitor })
  expect(await store.load('v', PLAN)).toEqual(foldAll(batch('a').events))
})

test.each([['short'], ['plain,short'], [`plain,${NEW}`]])('the secrets %j are refused', (secrets) => {
  expect(() => withPseudonyms(createMemoryStore(), secrets)).toThrow(/secret/)
})

test.each([[undefined], [''], [[]]])(
  'of no secret, %j, it says how to set one, and how to do without',
  (secrets) => {
    expect(() => withPseudonyms(createMemoryStore(), secrets)).toThrow(
      /Set ATTUNE_KEYS_AT_REST to one of at least 32 characters, .* or to plain to keep ids as they are/,
    )
  },
)

test.each([['plain'], [['plain']]])('%j alone keeps ids as they are', async (secrets) => {
  const inner = createMemoryStore()
  await withPseudonyms(inner, secrets).append(batch('a'))
  expect(await inner.load('v', PLAN)).toEqual(foldAll(batch('a').events))
})
