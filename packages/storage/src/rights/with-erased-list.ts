import type { VisitorMerging } from '../visitor-merging.ts'
import type { VisitorRights } from '../visitor-rights.ts'
import type { ErasedList } from './erased-list.ts'
import { keyNameOf } from './key-name.ts'

/**
 * A store that adds whom it erases to a list first, with those who were merged into them, so that whoever a restored backup brings back can be erased
 * again (`eraseAgain`). It stands inside `withPseudonyms`: the list holds HMACs of ids, which lead back to nobody without the secret, and an id that is kept as it is
 * is not erased at all, but an error.
 */
export function withErasedList<Store extends VisitorRights & Partial<Pick<VisitorMerging, 'absorbedBy'>>>(
  store: Store,
  list: ErasedList,
): Store {
  // What does not erase is the store's own.
  const listed = Object.create(store)
  const erase: VisitorRights['erase'] = async (visitor, at) => {
    const keys = [visitor, ...((await store.absorbedBy?.(visitor)) ?? [])]
    if (keys.some((key) => keyNameOf(key) === undefined)) {
      throw new Error(
        '[storage] withErasedList: a visitor is kept under their id as it is, and the list is to hold no ids. Use withPseudonyms(withErasedList(store, list), secrets), and move those of before with `attune rekey`.',
      )
    }
    await list.add(keys.map((key) => ({ key, at })))
    return store.erase(visitor, at)
  }
  listed.erase = erase
  return listed
}
