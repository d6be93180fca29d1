import type { Profile, SignalPlan } from '@attune/core'
import { StoreBusyError, visitorErased, visitorMoved } from '../store-error.ts'
import type { MergeResult } from '../visitor-merging.ts'
import { readHistory } from './append-events.ts'
import { finishMerge } from './finish-merge.ts'
import { adopted } from './fold-batches.ts'
import { FREEZE, NOTE, UNNOTE } from './merge-scripts.ts'
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

/** Merges a visitor into another one: it is noted there, the one is frozen, and then what was frozen goes over. */
export async function mergeVisitors(space: StoreSpace, asked: VisitorMerge): Promise<MergeResult> {
  const { from, plan } = asked
  const into = await noteAt(space, asked)
  if (!(await freeze(space, { ...asked, into }))) {
    return { isMerged: false, events: 0, profile: await loadProfile(space, into, plan) }
  }
  const { profile, ...merged } = await finishMerge(space, from, plan)
  return { ...merged, profile: profile ?? (await loadProfile(space, into, plan)) }
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

// Whom the merge leads to: after the marker of `into` if there is one, once.
async function noteAt(space: StoreSpace, { from, into }: VisitorMerge): Promise<string> {
  const [state, next] = await note(space, from, into)
  if (state === 'noted') return into
  if (state === 'moved' && next !== undefined && next !== from) {
    const [there, further] = await note(space, from, next)
    if (there === 'noted') return next
    if (there === 'moved') throw visitorMoved(space.name, further ?? next)
  } else if (state === 'moved') throw visitorMoved(space.name, from)
  throw visitorErased(space.name)
}

type Answer = readonly [state: string, into?: string]

async function note({ commands, keys, expiry }: StoreSpace, from: string, into: string): Promise<Answer> {
  return (await commands.run(NOTE, [keys.visitor(into).profile], [from, expiry, ''])) as Answer
}

// Answers whether there may be something to bring over.
async function freeze(space: StoreSpace, { from, into, at }: VisitorMerge): Promise<boolean> {
  const { commands, keys, expiry, name } = space
  const [state, moved] = (await commands.run(
    FREEZE,
    [keys.visitor(from).profile],
    [into, at, expiry],
  )) as Answer
  if (state === 'moved' && moved === into) return true
  await commands.run(UNNOTE, [keys.visitor(into).profile], [from])
  if (state === 'erased') return false
  if (state === 'moved') throw visitorMoved(name, moved ?? into)
  throw new StoreBusyError(`[storage] ${name}: these two are being merged the other way round. Try again.`)
}
