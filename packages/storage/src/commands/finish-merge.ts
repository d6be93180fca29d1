import type { AttuneEvent, Profile, SignalPlan } from '@attune/core'
import { writeEvent } from '../kept-event.ts'
import { isErased, visitorErased } from '../store-error.ts'
import type { MergeResult } from '../visitor-merging.ts'
import type { AbsorbedVisitor } from './absorbed-visitor.ts'
import { readHistory } from './append-events.ts'
import { writeEventText } from './event-text.ts'
import { CHUNK, countNew, joinFrozen } from './join-frozen.ts'
import { ADD_SETTLED, CLEAR, LEAD_ON, NOTE } from './merge-scripts.ts'
import { type FrozenVisitor, readFrozen } from './read-frozen.ts'
import { readTarget, type TargetVisitor } from './read-target.ts'
import { ERASED } from './read-visitor.ts'
import { ERASE } from './scripts.ts'
import type { StoreSpace } from './store-space.ts'
import { tryAgain } from './try-again.ts'
import { newHistory } from './visitor-history.ts'
import { writeVisitor } from './write-visitor.ts'

/** As `MergeResult`; the profile is missing when nothing was folded for it. */
export interface FinishedMerge extends Omit<MergeResult, 'profile'> {
  readonly profile?: Profile
}

const NOTHING: FinishedMerge = { isMerged: false, events: 0 }

/**
 * Brings over what is left of a frozen visitor: folds it into whom it was merged into in one atomic step, adds the older events, and deletes it.
 * Whoever finds it half done may do it again, several at once too. `asked`: the plan that the profile is wanted for; missing: the frozen one's.
 */
export function finishMerge(space: StoreSpace, from: string, asked?: SignalPlan): Promise<FinishedMerge> {
  return tryAgain(space, () => tryFinish(space, from, asked))
}

// Nothing, when somebody else wrote meanwhile.
async function tryFinish(
  space: StoreSpace,
  from: string,
  asked: SignalPlan | undefined,
  behind: readonly string[] = [],
): Promise<FinishedMerge | undefined> {
  const frozen = await readFrozen(space, from)
  if (frozen === undefined) return NOTHING
  const target = await readTarget(space, frozen)
  if (target === ERASED) return giveUp(space, frozen)
  if ('into' in target) return follow(space, frozen, { next: target.into, asked, behind })
  const finished = await absorb(space, frozen, target, asked)
  // Whom it goes to went on in between: what was not yet added there goes after it.
  if (finished !== undefined && !(await clear(space, frozen))) await finishMerge(space, from, asked)
  return finished
}

// Whom it goes to was erased meanwhile: nothing of it may stay.
async function giveUp(space: StoreSpace, { from, into, at }: FrozenVisitor): Promise<never> {
  const { profile, recent, settled } = space.keys.visitor(from)
  await space.commands.run(ERASE, [profile, recent, settled], [at, into])
  throw visitorErased(space.name)
}

interface Following {
  readonly next: string
  readonly asked: SignalPlan | undefined
  /** Those that wait for this one to be finished. */
  readonly behind: readonly string[]
}

// Whom it goes to was merged into somebody else meanwhile. That is finished first: if it had taken this one in, this one is not to count there again.
async function follow(
  space: StoreSpace,
  { from, into }: FrozenVisitor,
  { next, asked, behind }: Following,
): Promise<undefined> {
  // Each on the way into the next one, in a circle: nobody can go first.
  if (behind.includes(into)) return undefined
  try {
    if ((await tryFinish(space, into, asked, [...behind, from])) === undefined) return undefined
  } catch (error) {
    // The next try finds that `into` is erased too.
    if (isErased(error)) return undefined
    throw error
  }
  await note(space, next, [from, ''])
  await leadOn(space, [from], into, next)
}

async function absorb(
  space: StoreSpace,
  frozen: FrozenVisitor,
  target: TargetVisitor,
  asked: SignalPlan | undefined,
): Promise<FinishedMerge | undefined> {
  const { row, into, from } = frozen
  if (target.hasAbsorbed) return NOTHING
  const plan = asked ?? (row && (await space.shelf.find(row.plan, row.rest?.plan ?? null)))
  // Without any plan nobody can read what was kept: its events go over all the same.
  if (row === undefined || plan === undefined) {
    for (const one of [...frozen.absorbed, [from, frozen.at] as const]) {
      // Erased or gone on meanwhile: the next try finds out.
      if (!(await note(space, into, one))) return undefined
    }
    return NOTHING
  }
  const own = await readHistory(space, row, plan)
  const other = target.row === undefined ? newHistory(plan) : await readHistory(space, target.row, plan)
  const join = joinFrozen(frozen, own, target, other, plan)
  await space.shelf.keep(plan)
  const place = { keys: space.keys.visitor(into), expiry: space.expiry }
  const wrote = await writeVisitor(space.commands, { ...join, ...place })
  // Erased meanwhile it is found to be at the next try.
  if (wrote !== true) return undefined
  return { isMerged: true, events: countNew(frozen, target), profile: join.history.profile }
}

// Answers whether whom it went to is still there to take all of it.
async function clear(
  space: StoreSpace,
  { from, into, settled: older, absorbed }: FrozenVisitor,
): Promise<boolean> {
  const { commands, keys, expiry } = space
  const there = keys.visitor(into)
  for (let at = 0; at < older.length; at += CHUNK) {
    const texts = older.slice(at, at + CHUNK).flatMap(pairOf)
    if ((await commands.run(ADD_SETTLED, [there.profile, there.recent, there.settled], texts)) === 0)
      return false
  }
  const before = absorbed.map(([visitor]) => visitor)
  await leadOn(space, before, from, into)
  const { profile, recent, settled } = keys.visitor(from)
  return (await commands.run(CLEAR, [profile, recent, settled], [into, expiry])) === 1
}

function pairOf(event: AttuneEvent): readonly [string, string] {
  return [event.id, writeEventText(writeEvent(event))]
}

async function leadOn(
  { commands, keys }: StoreSpace,
  visitors: readonly string[],
  from: string,
  into: string,
): Promise<void> {
  for (const visitor of visitors) await commands.run(LEAD_ON, [keys.visitor(visitor).profile], [from, into])
}

async function note(
  { commands, keys, expiry }: StoreSpace,
  into: string,
  [from, at]: AbsorbedVisitor,
): Promise<boolean> {
  const answer = await commands.run(NOTE, [keys.visitor(into).profile], [from, expiry, at])
  return (answer as readonly string[])[0] === 'noted'
}
