import { compareEvents, liveSecrets, type Profile, type SignalPlan } from '@attune/core'
import type {
  AppendBatch,
  IntakeStore,
  ProfileReader,
  RehearsingStore,
  RejectedEvent,
} from '../profile-store.ts'
import { isErased, isMoved } from '../store-error.ts'
import type { VisitorMerging } from '../visitor-merging.ts'
import type { EraseResult, VisitorRecord, VisitorRights } from '../visitor-rights.ts'
import { createVisitorKeys, type KeysAtRest, PLAIN, type VisitorKeys } from './visitor-keys.ts'

export { PLAIN } from './visitor-keys.ts'

/** All that a store may be asked; one that only reads has the first alone. */
type All = IntakeStore & Pick<RehearsingStore, 'rehearse'> & VisitorRights & VisitorMerging

// To ask whether somebody is known nothing has to be counted.
const NO_SIGNALS: SignalPlan = { id: 'none', keys: [], signals: [] }

/**
 * A store, or a reader, that never sees who a visitor is: it is asked about HMACs of their ids. Without the secrets nobody can tell from
 * the store whose a profile is, nor find somebody whose id is known. Every host that reads or writes profiles needs the same secrets;
 * workers, which fold what stands in the queue, need none. Whoever was erased under an older secret is known by their tombstone where the
 * store can `rehearse`.
 *
 * `secrets`: at least 32 characters each, not those that sign cookies, the newest first. Who is new is kept under the newest; who is kept
 * under an older one is found there, and moved to the newest with their next events where the store can merge. A secret may be left out when nobody
 * stands under it any more; then tombstones under it count no more. The last may be `plain`: ids kept as they are, from before there was a secret. `plain` alone
 * keeps ids as they are: the store itself is the answer.
 * @throws when there is no secret, or one is short.
 */
export function withPseudonyms<Store extends ProfileReader>(store: Store, secrets: KeysAtRest): Store {
  if (isPlainAlone(secrets)) return store
  const keys = createVisitorKeys(secrets)
  // Each is called only where the store has it.
  const asked = store as Store & All
  const answers = {
    ...renameBatches(asked, keys),
    ...renameRights(asked, keys),
    ...renameMerges(asked, keys),
  }
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

function isPlainAlone(secrets: KeysAtRest): boolean {
  const [first, ...rest] = liveSecrets(secrets || [])
  return first === PLAIN && rest.length === 0
}

function renameBatches(store: All, keys: VisitorKeys): Pick<All, 'load' | 'append' | 'rehearse' | 'reject'> {
  return {
    load: (visitor, plan) => loadFirst(store, keys, visitor, plan),
    append: async (batch) => {
      const names = keys.of(batch.visitor)
      const key = await findAmong(store, names, batch.plan)
      const visitor = key === names[0] ? key : await moveTo(names[0], store, batch, key)
      return store.append({ ...batch, visitor })
    },
    rehearse: async (batch) => {
      const names = keys.of(batch.visitor)
      const ask = (visitor: string) => store.rehearse({ ...batch, visitor })
      try {
        return await ask(await findAmong(store, names, batch.plan))
      } catch (error) {
        const own = ownOf(error, names)
        if (own === undefined) throw error
        return ask(own)
      }
    },
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

// Whom a visitor was merged into is told by the key of that one, which may be asked with as it is.
function renameMerges(store: All, keys: VisitorKeys): VisitorMerging {
  return {
    mergeVisitor: async (from, into, plan, at) => {
      const [one, other] = [await findKey(store, keys, from, plan), await findKey(store, keys, into, plan)]
      try {
        return await store.mergeVisitor(one, other, plan, at)
      } catch (error) {
        const own = ownOf(error, keys.of(from))
        if (own === undefined || own === one) throw error
        // First what is on its way there.
        await store.mergeVisitor(one, own, plan, at)
        return store.mergeVisitor(own, other, plan, at)
      }
    },
    absorbedBy: async (into) => {
      const all: string[] = []
      for (const key of keys.of(into)) all.push(...(await store.absorbedBy(key)))
      return all
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

function findKey(store: All, keys: VisitorKeys, visitor: string, plan: SignalPlan): Promise<string> {
  return findAmong(store, keys.of(visitor), plan)
}

// With one secret nothing has to be looked for.
async function findAmong(
  store: All,
  [newest, ...older]: readonly [string, ...string[]],
  plan: SignalPlan,
): Promise<string> {
  if (older.length === 0 || (await store.load(newest, plan)) !== null) return newest
  for (const key of older) if (await stands(store, key, plan)) return key
  return newest
}

// Whoever comes back is moved, so that an older secret can be left out one day. Of whom nothing is there to be moved, the key says why.
async function moveTo(
  newest: string,
  store: All,
  { events, plan }: AppendBatch,
  key: string,
): Promise<string> {
  if (typeof store.mergeVisitor !== 'function') return key
  const at = Math.max(0, ...events.map(({ time }) => time))
  try {
    const { isMerged } = await store.mergeVisitor(key, newest, plan, at)
    return isMerged || (await store.load(newest, plan)) !== null ? newest : key
  } catch (error) {
    // The newest leads back to this one, where whoever it is stays until `attune rekey` has turned it round.
    if (isMoved(error) && error.into === key) return key
    throw error
  }
}

// Where an error leads when it is another key of the same visitor: one who is being moved to a newer secret, and went nowhere else.
function ownOf(error: unknown, names: readonly string[]): string | undefined {
  return isMoved(error) && names.includes(error.into) ? error.into : undefined
}

// Kept under this key, or erased, or merged: what is asked under it next is refused by the tombstone or the marker, which a load does not tell of.
async function stands(store: All, visitor: string, plan: SignalPlan): Promise<boolean> {
  if (typeof store.rehearse !== 'function') return (await store.load(visitor, plan)) !== null
  try {
    return (await store.rehearse({ visitor, events: [], plan })).before !== null
  } catch (error) {
    if (isErased(error) || isMoved(error)) return true
    throw error
  }
}

function uniteRecords(visitor: string, records: readonly VisitorRecord[]): VisitorRecord | null {
  const [first] = records
  if (first === undefined) return null
  const kept = records.find(({ profile }) => profile !== null) ?? first
  const absorbed = records.reduce((sum, record) => sum + (record.absorbed ?? 0), 0)
  return {
    ...kept,
    visitor,
    ...(absorbed === 0 ? {} : { absorbed }),
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
