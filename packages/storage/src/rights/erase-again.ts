import type { SignalPlan } from '@attune/core'
import type { RehearsingStore } from '../profile-store.ts'
import { isErased, isMoved } from '../store-error.ts'
import type { FilesAnew, Leftover, VisitorRights } from '../visitor-rights.ts'
import type { ErasedList } from './erased-list.ts'

/** What was done about a list. */
export interface ErasedAgain {
  /** How many stand in the list. */
  readonly listed: number
  /** How many of them the store did not know to be erased, and were erased: a backup from before was restored. */
  readonly again: number
  /** Lines that hold no entry: what a crash left of one, or what somebody else wrote. */
  readonly damaged: number
  /** Where bytes may still lie. */
  readonly leftovers: readonly Leftover[]
}

/** How it is done. */
export interface ErasingAgain {
  /** Asked before each one: once it says so nobody further is erased, and the next time goes on. Default never. */
  readonly isEnded?: (() => boolean) | undefined
  /** Erases, where there is anybody to be erased: a place to write down what is done. Default `(again, act) => act()`. */
  readonly around?: ((again: number, act: () => Promise<ErasedAgain>) => Promise<ErasedAgain>) | undefined
}

// To ask whether somebody is erased nothing has to be counted.
const NO_SIGNALS: SignalPlan = { id: 'none', keys: [], signals: [] }
const AT_ONCE = 32

/**
 * Erases again whoever stands in a list and has no tombstone in a store. `store`: as it keeps them, inside `withPseudonyms` and without the list. Safe to
 * break off and to do again; a store that nothing was restored in is only asked. Files are written anew once, with the last one: while that one lacks a tombstone, the next time
 * does so.
 */
export async function eraseAgain(
  store: VisitorRights & Pick<RehearsingStore, 'rehearse'>,
  list: Pick<ErasedList, 'read'>,
  { isEnded = () => false, around = (_again, act) => act() }: ErasingAgain = {},
): Promise<ErasedAgain> {
  const { entries, damaged } = await list.read()
  const times = new Map<string, number>()
  // The first time stays.
  for (const { key, at } of entries) if (!times.has(key)) times.set(key, at)
  const keys = [...times.keys()]
  const missing: string[] = []
  for (let at = 0; at < keys.length && !isEnded(); at += AT_ONCE) {
    const some = keys.slice(at, at + AT_ONCE)
    const known = await Promise.all(some.map((key) => knowsErased(store, key)))
    missing.push(...some.filter((_, place) => !known[place]))
  }
  const eraseThese = async (): Promise<ErasedAgain> => {
    const { again, leftovers } = await eraseMissing(store, missing, (key) => times.get(key)!, isEnded)
    return { listed: keys.length, again, damaged, leftovers }
  }
  return missing.length === 0 || isEnded() ? eraseThese() : around(missing.length, eraseThese)
}

async function eraseMissing(
  store: VisitorRights & Pick<RehearsingStore, 'rehearse'>,
  missing: readonly string[],
  timeOf: (key: string) => number,
  isEnded: () => boolean,
): Promise<Pick<ErasedAgain, 'again' | 'leftovers'>> {
  const leftovers = new Set<Leftover>()
  const eraseOne = async (key: string, files: FilesAnew): Promise<void> => {
    for (const left of (await store.erase(key, timeOf(key), files)).leftovers) leftovers.add(left)
  }
  // Whoever is broken off finds this one without a tombstone, and so knows that files are still to be written anew.
  let last = missing.length - 1
  // In the order of the list: those who were merged into somebody come after them, and go with them.
  for (const [at, key] of missing.entries()) {
    if (isEnded()) return { again: at, leftovers: [...leftovers] }
    await eraseOne(key, at < last ? 'none' : 'all')
    if (at >= last) break
    while (last > at && (await knowsErased(store, missing[last]!))) last--
    // All who are left went with it.
    if (last > at) continue
    await eraseOne(key, 'all')
    break
  }
  return { again: missing.length, leftovers: [...leftovers] }
}

async function knowsErased(store: Pick<RehearsingStore, 'rehearse'>, visitor: string): Promise<boolean> {
  try {
    await store.rehearse({ visitor, events: [], plan: NO_SIGNALS })
    return false
  } catch (error) {
    if (isErased(error)) return true
    // Whoever was merged is told of by another name, and of a merge that is under way nothing is known.
    if (isMoved(error)) return false
    throw error
  }
}
