import { compareEvents, type Profile, type SignalPlan } from '@attune/core'
import type {
  AppendBatch,
  IntakeStore,
  ProfileReader,
  RehearsingStore,
  RejectedEvent,
} from '../profile-store.ts'
import { isErased } from '../store-error.ts'
import type { EraseResult, VisitorRecord, VisitorRights } from '../visitor-rights.ts'
import { createVisitorKeys, type VisitorKeys } from './visitor-keys.ts'

export { PLAIN } from './visitor-keys.ts'

/** All that a store may be asked; one that only reads has the first alone. */
type All = IntakeStore & Pick<RehearsingStore, 'rehearse'> & VisitorRights

// To ask whether somebody is known nothing has to be counted.
const NO_SIGNALS: SignalPlan = { id: 'none', keys: [], signals: [] }

/**
 * A store, or a reader, that never sees who a visitor is: it is asked about HMACs of their ids. Without the secrets nobody can tell from
 * the store whose a profile is, nor find somebody whose id is known. Every host that reads or writes profiles needs the same secrets;
 * workers, which fold what stands in the queue, need none. Whoever was erased under an older secret is known by their tombstone where the
 * store can `rehearse`.
 *
 * `secrets`: at least 32 characters each, not those that sign cookies, the newest first. Who is new is kept under the newest; who is kept
 * under an older one is still found there and goes on there, so a secret may only be left out when nobody kept under it can come back,
 * and then their tombstones count no more. The last may be `plain`: ids kept as they are, from before there was a secret.
 * @throws when there is no secret, or one is short.
 */
export function withPseudonyms<Store extends ProfileReader>(
  store: Store,
  secrets: string | readonly string[],
): Store {
  const keys = createVisitorKeys(secrets)
  // Each is called only where the store has it.
  const asked = store as Store & All
  const answers = { ...renameBatches(asked, keys), ...renameRights(asked, keys) }
  const underWay = new Set<Promise<unknown>>()
  // What does not name a visitor is the store's own.
  const renamed = Object.create(store)
  for (const [name, answer] of Object.entries(answers)) {
    if (typeof Reflect.get(store, name) !== 'function') continue
    renamed[name] = (...args: readonly never[]): Promise<unknown> => {
      const one = (answer as (...given: readonly never[]) => Promise<unknown>)(...args)
      underWay.add(one)
      const done = (): void => void underWay.delete(one)
      one.then(done, done)
      return one
    }
  }
  // Some of them ask twice: what was begun is ended before the store is closed.
  if (asked.close !== undefined) renamed.close = () => Promise.allSettled(underWay).then(() => asked.close())
  return renamed
}

function renameBatches(store: All, keys: VisitorKeys): Pick<All, 'load' | 'append' | 'rehearse' | 'reject'> {
  const rename = async (batch: AppendBatch): Promise<AppendBatch> => ({
    ...batch,
    visitor: await findKey(store, keys, batch.visitor, batch.plan),
  })
  return {
    load: (visitor, plan) => loadFirst(store, keys, visitor, plan),
    append: async (batch) => store.append(await rename(batch)),
    rehearse: async (batch) => store.rehearse(await rename(batch)),
    reject: async (rejected) => {
      const renamed: RejectedEvent[] = []
      for (const one of rejected) renamed.push(await renameRejected(store, keys, one))
      return store.reject(renamed)
    },
  }
}

async function renameRejected(store: All, keys: VisitorKeys, one: RejectedEvent): Promise<RejectedEvent> {
  if (one.visitor === undefined) return one
  try {
    return { ...one, visitor: await findKey(store, keys, one.visitor, NO_SIGNALS) }
  } catch {
    // Whoever it was may be erased: it is counted, and nothing of it is kept.
    return { reason: one.reason, time: one.time, event: '' }
  }
}

function renameRights(store: All, keys: VisitorKeys): VisitorRights {
  return {
    exportVisitor: async (visitor) => {
      const records: (VisitorRecord | null)[] = []
      for (const key of keys.of(visitor)) records.push(await store.exportVisitor(key))
      return uniteRecords(
        visitor,
        records.filter((record) => record !== null),
      )
    },
    // Under every key: whoever knows only an older secret must not keep the visitor again.
    erase: async (visitor, at) => {
      const results: EraseResult[] = []
      for (const key of keys.of(visitor)) results.push(await store.erase(key, at))
      return uniteResults(results)
    },
  }
}

async function loadFirst(
  store: ProfileReader,
  keys: VisitorKeys,
  visitor: string,
  plan: SignalPlan,
): Promise<Profile | null> {
  for (const key of keys.of(visitor)) {
    const profile = await store.load(key, plan)
    if (profile !== null) return profile
  }
  return null
}

// With one secret nothing has to be looked for.
async function findKey(store: All, keys: VisitorKeys, visitor: string, plan: SignalPlan): Promise<string> {
  const [newest, ...older] = keys.of(visitor)
  if (older.length === 0 || (await store.load(newest, plan)) !== null) return newest
  for (const key of older) if (await stands(store, key, plan)) return key
  return newest
}

// Kept under this key, or erased: what is asked under it next is refused by the tombstone, which a load does not tell of.
async function stands(store: All, visitor: string, plan: SignalPlan): Promise<boolean> {
  if (typeof store.rehearse !== 'function') return (await store.load(visitor, plan)) !== null
  try {
    return (await store.rehearse({ visitor, events: [], plan })).before !== null
  } catch (error) {
    if (isErased(error)) return true
    throw error
  }
}

function uniteRecords(visitor: string, records: readonly VisitorRecord[]): VisitorRecord | null {
  const [first] = records
  if (first === undefined) return null
  const kept = records.find(({ profile }) => profile !== null) ?? first
  return {
    ...kept,
    visitor,
    events: records.flatMap(({ events }) => events).sort(compareEvents),
    rejected: records.flatMap(({ rejected }) => rejected.map((one) => ({ ...one, visitor }))),
  }
}

function uniteResults(results: readonly EraseResult[]): EraseResult {
  const sum = (count: (result: EraseResult) => number) =>
    results.reduce((total, result) => total + count(result), 0)
  return {
    at: Math.min(...results.map(({ at }) => at)),
    profiles: sum(({ profiles }) => profiles),
    events: sum(({ events }) => events),
    rejected: sum(({ rejected }) => rejected),
    queued: sum(({ queued }) => queued),
    leftovers: [...new Set(results.flatMap(({ leftovers }) => leftovers))],
  }
}
