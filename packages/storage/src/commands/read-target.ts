import { READ_TARGET } from './merge-scripts.ts'
import type { FrozenVisitor } from './read-frozen.ts'
import { type ERASED, isThere, type MovedRow, toRow, type VisitorRow } from './read-visitor.ts'
import type { StoreSpace } from './store-space.ts'

/** The visitor that a frozen one is to be merged into. */
export interface TargetVisitor {
  /** Missing when nobody has heard of it. */
  readonly row?: VisitorRow
  /** Whether it has taken the frozen one in. */
  readonly hasAbsorbed: boolean
}

/** Reads whom a frozen visitor goes to in one step, and which of its events are known there. */
export async function readTarget(
  space: StoreSpace,
  { from, into, at: since, row, settled: older }: FrozenVisitor,
): Promise<TargetVisitor | MovedRow | typeof ERASED> {
  const { commands, keys, plansBeside } = space
  const { profile, recent, settled } = keys.visitor(into)
  const at = [profile, recent, settled, ...(plansBeside === undefined ? [] : [plansBeside])]
  const ids = [...(row?.rest?.recent ?? []), ...older].map(({ id }) => id)
  const reply = (await commands.run(READ_TARGET, at, [from, ...ids])) as readonly unknown[]
  const found = toRow(reply, ids)
  if (found === undefined) return { hasAbsorbed: false }
  // Another time is of another merge: of one before its marker expired, or of one that was never done.
  return isThere(found) ? { row: found, hasAbsorbed: reply[9] === String(since) } : found
}
