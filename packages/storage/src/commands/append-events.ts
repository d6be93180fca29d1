import type { SignalPlan } from '@attune/core'
import type { KeptEvent } from '../kept-event.ts'
import type { AppendResult } from '../profile-store.ts'
import { StoreBusyError, visitorErased } from '../store-error.ts'
import { type FoldedBatches, foldBatches } from './fold-batches.ts'
import { ERASED, readVisitor, type VisitorRow } from './read-visitor.ts'
import type { StoreSpace } from './store-space.ts'
import { historyOf, newHistory, type ReadHistory } from './visitor-history.ts'
import { writeVisitor } from './write-visitor.ts'

/** Batches of one visitor, in the order in which they came, for one plan. */
export interface VisitorBatches {
  readonly visitor: string
  readonly batches: readonly (readonly KeptEvent[])[]
  readonly plan: SignalPlan
}

// Other processes may write the same visitor meanwhile; each time, one of them got on.
const TRIES = 20
// Milliseconds, at most, between two tries.
const PAUSE = 20

/** Adds batches in one step: reads, folds, and writes if nobody else wrote meanwhile; else all of it again. */
export async function appendEvents(
  space: StoreSpace,
  asked: VisitorBatches,
): Promise<readonly AppendResult[]> {
  const began = performance.now()
  for (let tries = 0; tries < TRIES && performance.now() - began <= space.patience; tries++) {
    if (tries > 1) await pause(Math.random() * Math.min(PAUSE, 2 ** tries))
    const results = await tryAppend(space, asked)
    if (results !== undefined) return results
  }
  throw new StoreBusyError(
    `[storage] ${space.name}: other processes wrote the same visitor again and again in between. Try again.`,
  )
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

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
