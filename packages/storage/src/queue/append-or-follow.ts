import type { AppendBatch, AppendResult, ProfileStore } from '../profile-store.ts'
import { isMoved } from '../store-error.ts'

/** Appends a batch, or, when its visitor was merged into another one, appends it there: a marker leads on once, or twice while two merges are under way. */
export async function appendOrFollow(
  store: Pick<ProfileStore, 'append'>,
  batch: AppendBatch,
  most = 2,
): Promise<AppendResult> {
  try {
    return await store.append(batch)
  } catch (error) {
    if (most === 0 || !isMoved(error)) throw error
    return appendOrFollow(store, { ...batch, visitor: error.into }, most - 1)
  }
}
