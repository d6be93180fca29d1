import type { SignalPlan } from '@attune/core'
import { writeEvent } from '../kept-event.ts'
import { mergeKept } from '../merge/merge-kept.ts'
import type { FrozenVisitor } from './read-frozen.ts'
import type { TargetVisitor } from './read-target.ts'
import type { VisitorRow } from './read-visitor.ts'
import type { ReadHistory } from './visitor-history.ts'
import type { RowWrite, VisitorWrite } from './write-visitor.ts'

/** So many older events go over in one request. */
export const CHUNK = 1_000

/** What is written of the visitor that a frozen one goes to; the keys and the expiry are the store's to say. */
export type JoinWrite = Omit<VisitorWrite, 'keys' | 'expiry'>

/** Folds a frozen visitor into the one that it goes to: `own` and `other` are what was read of both. */
export function joinFrozen(
  frozen: FrozenVisitor,
  own: ReadHistory,
  target: TargetVisitor,
  other: ReadHistory,
  plan: SignalPlan,
): JoinWrite {
  const here = new Set(other.recent)
  const recentHere = new Set(other.recent.map(({ id }) => id))
  const known: ReadonlySet<string> = new Set(target.row?.known.keys())
  const older = [...frozen.settled, ...own.settled]
  const settledThere = new Set(older.map(({ id }) => id))
  const settledHere = new Set([...known].filter((id) => !recentHere.has(id)))
  const merged = mergeKept({ ...own, settled: settledThere }, { ...other, settled: settledHere }, plan)
  const fresh = [...merged.recent, ...merged.settled].filter((event) => !here.has(event))
  const first = older.filter(({ id }) => !known.has(id)).slice(0, CHUNK)
  const settled = [
    ...merged.settled,
    ...first,
    ...other.settled,
    ...other.recent.filter(({ id }) => settledThere.has(id)),
  ]
  const overwritten = new Set(fresh.map(({ id }) => id))
  return {
    visitor: frozen.into,
    version: target.row?.version ?? '',
    history: merged.history,
    plan,
    rebased: true,
    oldest: oldestOf([frozen.row?.oldest, target.row?.oldest]),
    fresh: [...fresh, ...first].map(writeEvent),
    settled,
    // Of an event in two versions the other one settles.
    forgotten: merged.settled.map(({ id }) => id).filter((id) => overwritten.has(id) && recentHere.has(id)),
    absorbed: [...frozen.absorbed, [frozen.from, frozen.at]],
  }
}

/** A frozen visitor as it stands, for one of whom nobody has heard. */
export function carryFrozen(frozen: FrozenVisitor, row: VisitorRow): Omit<RowWrite, 'keys' | 'expiry'> {
  const settled = frozen.settled.slice(0, CHUNK)
  return {
    visitor: frozen.into,
    version: '',
    plan: row.plan,
    profile: row.profile,
    base: row.rest?.base ?? '-',
    count: row.count,
    last: frozen.last,
    oldest: row.oldest,
    fresh: [...(row.rest?.recent ?? []), ...settled].map(writeEvent),
    settled,
    absorbed: [...frozen.absorbed, [frozen.from, frozen.at]],
  }
}

/** How many events of a frozen visitor are not known where it goes to. */
export function countNew({ row, settled }: FrozenVisitor, target: TargetVisitor): number {
  const events = [...(row?.rest?.recent ?? []), ...settled]
  return events.filter(({ id }) => target.row?.known.has(id) !== true).length
}

function oldestOf(times: readonly (string | undefined)[]): number | null {
  const known = times.filter((time) => time !== undefined && time !== '').map(Number)
  return known.length === 0 ? null : Math.min(...known)
}
