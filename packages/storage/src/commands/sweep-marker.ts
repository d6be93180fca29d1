import { isErased } from '../store-error.ts'
import { finishMerge } from './finish-merge.ts'
import { FORGET } from './scripts.ts'
import type { StoreSpace } from './store-space.ts'

/** What stands where a visitor was merged into another one. */
export interface Marker {
  readonly visitor: string
  readonly into: string
  /** When, milliseconds. */
  readonly at: string
  /** Whether what was kept of it is still on its way. */
  readonly isFrozen: boolean
}

/** Finishes a merge that was broken off, and forgets a marker from before `border`, milliseconds. */
export async function sweepMarker(space: StoreSpace, marker: Marker, border: number): Promise<void> {
  const { visitor, into, at, isFrozen } = marker
  if (isFrozen) return finish(space, visitor)
  if (Number(at) >= border) return
  const { commands, keys } = space
  const { profile, recent, settled } = keys.visitor(visitor)
  await commands.pipeline([['HDEL', keys.visitor(into).profile, `absorbed:${visitor}`]])
  await commands.run(FORGET, [profile, recent, settled], [at, 'movedAt'])
}

async function finish(space: StoreSpace, visitor: string): Promise<void> {
  try {
    await finishMerge(space, visitor)
  } catch (error) {
    // Whom it went to was erased: now it is as well.
    if (!isErased(error)) throw error
  }
}
