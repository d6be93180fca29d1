import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AttuneEvent } from '@attune/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldAll, makeEvent, NOON, PLAN } from '../src/contract/builders.ts'
import { createMemoryQueue } from '../src/drivers/memory-queue.ts'
import { createMemoryStore } from '../src/memory.ts'
import type { Quarantine, RehearsingStore } from '../src/profile-store.ts'
import { createQueuedStore } from '../src/queue/create-queued-store.ts'
import { createSqliteStore } from '../src/sqlite.ts'
import { isErased } from '../src/store-error.ts'
import type { VisitorMerging } from '../src/visitor-merging.ts'
import type { VisitorRights } from '../src/visitor-rights.ts'

const SEQUENCES = process.env.ATTUNE_SOAK === '1' ? 100_000 : 2_000

const visitor = fc.constantFrom('a', 'b', 'c')
const events = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 4 })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('append' as const), visitor, events }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('push' as const), visitor, events }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refuse' as const), visitor }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('erase' as const), visitor, isQueued: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('take' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('fold' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set aside' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('replay' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
type Store = RehearsingStore & Quarantine & VisitorRights & VisitorMerging

const eventsOf = (ids: readonly number[]): readonly AttuneEvent[] => ids.map((id) => makeEvent(`e${id}`, id))

/** Does the steps and says what must be so after each; `name` keeps the visitors of one sequence from those of another. */
async function play(inner: Store, steps: readonly Step[], name: string): Promise<void> {
  const queue = createMemoryQueue({ partitions: 1 })
  const store = createQueuedStore({ queue, store: { ...inner, close: async () => {} }, clock: () => NOON })
  const consumer = queue.consume()
  const erased = new Set<string>()
  const known = new Map<string, Map<string, AttuneEvent>>()
  const keep = (who: string, own: readonly AttuneEvent[]): void => {
    const all = known.get(who) ?? new Map()
    known.set(who, all)
    for (const event of own) all.set(event.id, event)
  }
  const append = async (who: string, own: readonly AttuneEvent[]): Promise<void> => {
    try {
      await inner.append({ visitor: who, events: own, plan: PLAN })
      expect(erased).not.toContain(who)
      keep(who, own)
    } catch (error) {
      if (!isErased(error)) throw error
      expect(erased).toContain(who)
    }
  }
  // What a worker holds, whoever is erased meanwhile.
  let held: Awaited<ReturnType<typeof consumer.take>> = []
  const fold = async (): Promise<void> => {
    for (const entry of held) await append(entry.visitor, entry.events)
    await consumer.done(held)
    held = []
  }
  const act = async (one: Step): Promise<void> => {
    const who = 'visitor' in one ? `${name} ${one.visitor}` : ''
    switch (one.do) {
      case 'append':
        return append(who, eventsOf(one.events))
      case 'push': {
        const pushed = store.append({ visitor: who, events: eventsOf(one.events), plan: PLAN })
        if (erased.has(who)) return expect(pushed).rejects.toMatchObject({ name: 'VisitorErasedError' })
        return void (await pushed)
      }
      case 'refuse':
        return store.reject([{ reason: 'bot', time: NOON, event: `"${who}"`, visitor: who }])
      case 'erase':
        await (one.isQueued ? store : inner).erase(who, NOON)
        erased.add(who)
        return
      case 'take':
        held = [...held, ...(await consumer.take({ most: 4, wait: 0 }))]
        return
      case 'fold':
        return fold()
      case 'set aside': {
        const [first, ...rest] = held
        held = rest
        if (first !== undefined) await consumer.setAside(first, 'model')
        return
      }
      case 'replay':
        return void (await queue.replay())
      case 'sweep':
        return void (await inner.sweep(NOON, { events: 90 * 86_400_000, profiles: 400 * 86_400_000 }))
    }
  }
  const check = async (): Promise<void> => {
    for (const who of erased) {
      expect(await inner.exportVisitor(who)).toBeNull()
      expect(await inner.load(who, PLAN)).toBeNull()
      expect(await store.load(who, PLAN)).toBeNull()
    }
  }
  for (const one of steps) {
    await act(one)
    await check()
  }
  await queue.replay()
  for (let left = 1; left > 0; left = held.length) {
    await fold()
    held = await consumer.take({ most: 100, wait: 0 })
  }
  await check()
  const wholly = await inner.listRejected({ after: 0, most: 10_000 })
  for (const who of erased) expect(wholly.filter(({ event }) => event === `"${who}"`)).toEqual([])
  for (const [who, own] of known) {
    if (!erased.has(who)) expect(await inner.load(who, PLAN)).toEqual(foldAll([...own.values()]))
  }
  await store.close()
}

function playMany(inner: Store | undefined, numRuns: number): Promise<void> {
  let sequences = 0
  return fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 24, size: 'max' }), async (steps) => {
      await play(inner ?? createMemoryStore(), steps, String(sequences++))
    }),
    { numRuns, endOnFailure: SEQUENCES > 2_000 },
  )
}

test(
  `whatever comes in whatever order, nobody who was erased comes back: ${SEQUENCES} sequences in memory`,
  () => playMany(undefined, SEQUENCES),
  SEQUENCES * 60,
)

test('nor in SQLite, of which 40 are asked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'attune-'))
  const store = createSqliteStore({ path: join(folder, 'attune.db') })
  await playMany(store, 40)
  await store.close()
  rmSync(folder, { recursive: true })
}, 120_000)
