import type { Profile, SignalPlan } from '@attune/core'
import type { MergeResult } from '../visitor-merging.ts'
import { readHistory } from './append-events.ts'
import { adopted } from './fold-batches.ts'
import { moveVisitor } from './move-visitor.ts'
import { isThere, readVisitor } from './read-visitor.ts'
import type { StoreSpace } from './store-space.ts'

/** What is to be merged. */
export interface VisitorMerge {
  readonly from: string
  readonly into: string
  readonly plan: SignalPlan
  /** When, milliseconds. */
  readonly at: number
}

/** Merges a visitor into another one, and answers whose profile that is now. */
export async function mergeVisitors(space: StoreSpace, asked: VisitorMerge): Promise<MergeResult> {
  const { into, finished } = await moveVisitor(space, asked)
  const { isMerged = false, events = 0, profile } = finished ?? {}
  return { isMerged, events, profile: profile ?? (await loadProfile(space, into, asked.plan)) }
}

/** A visitor's profile adopted to a plan; `null` for a visitor nobody has heard of. */
export async function loadProfile(
  space: StoreSpace,
  visitor: string,
  plan: SignalPlan,
): Promise<Profile | null> {
  const { commands, keys, plansBeside } = space
  const row = await readVisitor(commands, keys.visitor(visitor), plansBeside, { plan })
  return isThere(row) ? adopted(await readHistory(space, row, plan), plan) : null
}
