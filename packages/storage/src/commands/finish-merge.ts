import type { AttuneEvent, Profile, SignalPlan } from '@attune/core'
import { writeEvent } from '../kept-event.ts'
import { isErased, visitorErased } from '../store-error.ts'
import type { MergeResult } from '../visitor-merging.ts'
import type { AbsorbedVisitor } from './absorbed-visitor.ts'
import { readHistory } from './append-events.ts'
import { writeEventText } from './event-text.ts'
import { CHUNK, carryFrozen, countNew, joinFrozen } from './join-frozen.ts'
import { ADD_SETTLED, CLEAR, LEAD_ON, NOTE, THAW } from './merge-scripts.ts'
import { type FrozenVisitor, isStillFrozen, readFrozen } from './read-frozen.ts'
import { readTarget, type TargetVisitor } from './read-target.ts'
import { ERASED, type VisitorRow } from './read-visitor.ts'
import { ERASE } from './scripts.ts'
import type { StoreSpace } from './store-space.ts'
import { tryAgain } from './try-again.ts'
import { newHistory } from './visitor-history.ts'
import { writeRow, writeVisitor } from './write-visitor.ts'

/** As `MergeResult`; the profile is missing when nothing was folded for it. */
export interface FinishedMerge extends Omit<MergeResult, 'profile'> {
  readonly profile?: Profile
  /** It stays on its way, and nothing of it is lost: the plans of both are, so that nobody can read them before one of them is appended to. */
  readonly waits?: true
}

const NOTHING: FinishedMerge = { isMerged: false, events: 0 }
const WAITING: FinishedMerge = { ...NOTHING, waits: true }

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
  behind: readonly FrozenVisitor[] = [],
): Promise<FinishedMerge | undefined> {
  const frozen = await readFrozen(space, from)
  if (frozen === undefined) return NOTHING
  const target = await readTarget(space, frozen)
  if (target === ERASED) return giveUp(space, frozen)
  if ('into' in target) return follow(space, frozen, { next: target.into, asked, behind })
  const finished = await absorb(space, frozen, target, asked)
  if (finished?.waits) return finished
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
  /** Those that wait for this one to be finished, each for the next one. */
  readonly behind: readonly FrozenVisitor[]
}

// Whom it goes to was merged into somebody else meanwhile. That is finished first: if it had taken this one in, this one is not to count there again.
async function follow(
  space: StoreSpace,
  frozen: FrozenVisitor,
  { next, asked, behind }: Following,
): Promise<FinishedMerge | undefined> {
  const { from, into } = frozen
  const waiting = [...behind, frozen]
  const first = waiting.findIndex((one) => one.from === into)
  if (first >= 0) return thawOne(space, waiting.slice(first))
  try {
    const before = await tryFinish(space, into, asked, waiting)
    if (before === undefined || before.waits) return before
  } catch (error) {
    // The next try finds that `into` is erased too.
    if (isErased(error)) return undefined
    throw error
  }
  await note(space, next, [from, ''])
  await leadOn(space, [from], into, next)
  return undefined
}

// Each on the way into the next one, in a circle: nobody could go first. One of them stays where it is after all, the same whoever finds them.
async function thawOne({ commands, keys }: StoreSpace, circle: readonly FrozenVisitor[]): Promise<undefined> {
  const [{ from, into, version }] = circle.toSorted((a, b) => (a.from < b.from ? -1 : 1)) as [FrozenVisitor]
  await commands.run(THAW, [keys.visitor(from).profile], [into, version])
}

async function absorb(
  space: StoreSpace,
  frozen: FrozenVisitor,
  target: TargetVisitor,
  asked: SignalPlan | undefined,
): Promise<FinishedMerge | undefined> {
  const { row, into, from } = frozen
  if (target.hasAbsorbed) return NOTHING
  if (row === undefined) {
    for (const one of [...frozen.absorbed, [from, frozen.at] as const]) {
      // Erased or gone on meanwhile: the next try finds out.
      if (!(await note(space, into, one))) return undefined
    }
    return NOTHING
  }
  // Nobody is there whom it had to be folded with.
  if (asked === undefined && target.row === undefined) return carry(space, frozen, row)
  const plan = asked ?? (await findPlan(space, row)) ?? (target.row && (await findPlan(space, target.row)))
  if (plan === undefined) return WAITING
  const own = await readHistory(space, row, plan)
  const other = target.row === undefined ? newHistory(plan) : await readHistory(space, target.row, plan)
  const join = joinFrozen(frozen, own, target, other, plan)
  await space.shelf.keep(plan)
  const place = { keys: space.keys.visitor(into), expiry: space.expiry }
  if (!(await isStillFrozen(space, frozen))) return undefined
  const wrote = await writeVisitor(space.commands, { ...join, ...place })
  // Erased meanwhile it is found to be at the next try.
  if (wrote !== true) return undefined
  return { isMerged: true, events: countNew(frozen, target), profile: join.history.profile }
}

// As it stands: nobody needs its plan for that.
async function carry(
  space: StoreSpace,
  frozen: FrozenVisitor,
  row: VisitorRow,
): Promise<FinishedMerge | undefined> {
  if (!(await isStillFrozen(space, frozen))) return undefined
  const place = { keys: space.keys.visitor(frozen.into), expiry: space.expiry }
  const wrote = await writeRow(space.commands, { ...carryFrozen(frozen, row), ...place })
  return wrote === true ? { isMerged: true, events: countNew(frozen, { hasAbsorbed: false }) } : undefined
}

function findPlan({ shelf }: StoreSpace, { plan, rest }: VisitorRow): Promise<SignalPlan | undefined> {
  return shelf.find(plan, rest?.plan ?? null)
}

// Answers whether whom it went to is still there to take all of it.
async function clear(
  space: StoreSpace,
  { from, into, version, settled: older, absorbed }: FrozenVisitor,
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
  return (await commands.run(CLEAR, [profile, recent, settled], [into, expiry, version])) === 1
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
