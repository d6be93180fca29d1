import type { SignalPlan } from '@attune/core'
import type { KeptEvent } from '../kept-event.ts'
import type { AppendResult } from '../profile-store.ts'
import { visitorErased, visitorMoved } from '../store-error.ts'
import { type FoldedBatches, foldBatches } from './fold-batches.ts'
import { ERASED, isThere, readVisitor, type VisitorRow } from './read-visitor.ts'
import type { StoreSpace } from './store-space.ts'
import { tryAgain } from './try-again.ts'
import { historyOf, newHistory, type ReadHistory } from './visitor-history.ts'
import { writeVisitor } from './write-visitor.ts'

/** Batches of one visitor, in the order in which they came, for one plan. */
export interface VisitorBatches {
  readonly visitor: string
  readonly batches: readonly (readonly KeptEvent[])[]
  readonly plan: SignalPlan
}

/** Adds batches in one step: reads, folds, and writes if nobody else wrote meanwhile; else all of it again. */
export function appendEvents(space: StoreSpace, asked: VisitorBatches): Promise<readonly AppendResult[]> {
  return tryAgain(space, () => tryAppend(space, asked))
}

/** What `appendEvents` would answer to one batch. Keeps nothing. */
export async function rehearseEvents(
  space: StoreSpace,
  {
    visitor,
    events,
    plan,
  }: { readonly visitor: string; readonly events: readonly KeptEvent[]; readonly plan: SignalPlan },
): Promise<AppendResult> {
  const { folded } = await foldVisitor(space, { visitor, batches: [events], plan }, false)
  return folded.results[0]!
}

// Nothing, when somebody else wrote meanwhile.
async function tryAppend(
  space: StoreSpace,
  asked: VisitorBatches,
): Promise<readonly AppendResult[] | undefined> {
  const { visitor, plan } = asked
  const { row, read, folded } = await foldVisitor(space, asked, false)
  const { results, history, fresh, settled } = folded
  if (row?.plan === plan.id && fresh.length === 0) return results
  await space.shelf.keep(plan)
  const wrote = await writeVisitor(space.commands, {
    visitor,
    keys: space.keys.visitor(visitor),
    version: row?.version ?? '',
    history,
    plan,
    rebased: read.mended || history.base !== read.history.base,
    oldest: oldestOf(row, fresh),
    expiry: space.expiry,
    stream: space.stream,
    fresh,
    settled,
  })
  if (wrote === ERASED) throw visitorErased(space.name)
  return wrote ? results : undefined
}

interface FoldedVisitor {
  readonly row: VisitorRow | undefined
  readonly read: ReadHistory
  readonly folded: FoldedBatches
}

async function foldVisitor(space: StoreSpace, asked: VisitorBatches, whole: boolean): Promise<FoldedVisitor> {
  const { visitor, batches, plan } = asked
  const ids = [...new Set(batches.flat().map(({ id }) => id))]
  const question = { plan, ids, whole }
  const row = await readVisitor(space.commands, space.keys.visitor(visitor), space.plansBeside, question)
  if (row === ERASED) throw visitorErased(space.name)
  if (row !== undefined && !isThere(row)) throw visitorMoved(space.name, row.into, row.at)
  const read = row === undefined ? newHistory(plan) : await readHistory(space, row, plan)
  const folded = foldBatches(row, read, batches, plan)
  return folded.isBlind ? foldVisitor(space, asked, true) : { row, read, folded }
}

/** The history of a row, with the plan it was folded for. */
export async function readHistory(
  { shelf }: StoreSpace,
  row: VisitorRow,
  plan: SignalPlan,
): Promise<ReadHistory> {
  const from = row.plan === plan.id ? plan : await shelf.find(row.plan, row.rest?.plan ?? null)
  return historyOf(row, from, plan)
}

function oldestOf(row: VisitorRow | undefined, fresh: readonly KeptEvent[]): number | null {
  const known = row === undefined || row.oldest === '' ? [] : [Number(row.oldest)]
  const times = [...known, ...fresh.map(({ time }) => time)]
  return times.length === 0 ? null : Math.min(...times)
}
