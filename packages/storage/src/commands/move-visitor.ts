import type { SignalPlan } from '@attune/core'
import { isMoved, visitorErased, visitorMoved } from '../store-error.ts'
import { type FinishedMerge, finishMerge } from './finish-merge.ts'
import { FREEZE, NOTE, UNNOTE } from './merge-scripts.ts'
import type { StoreSpace } from './store-space.ts'
import { tryAgain } from './try-again.ts'

/** Who is to be moved where. */
export interface VisitorMove {
  readonly from: string
  readonly into: string
  /** The plan that the profile is wanted for; missing: whichever it was folded for. */
  readonly plan?: SignalPlan
  /** When, milliseconds. */
  readonly at: number
}

/** What came of it. */
export interface MovedVisitor {
  /** Whom it led to: whoever `into` was merged into, if it was. */
  readonly into: string
  /** Missing when the one to be moved was erased. */
  readonly finished?: FinishedMerge
}

type Answer = readonly [state: string, into?: string]

/**
 * Moves a visitor to another one: it is noted there, the one is frozen, and then what was frozen goes over. Of two merges of the same two, each the other
 * way round, one is done: it is the one that comes first at the smaller of both ids. There the note of the one and the freezing of the other exclude each
 * other, whoever of them was killed; at the larger id a note binds nobody.
 */
export function moveVisitor(space: StoreSpace, asked: VisitorMove): Promise<MovedVisitor> {
  return tryAgain(space, async () => {
    const into = await noteAt(space, asked)
    const state = await freeze(space, { ...asked, into })
    if (state === 'erased') return { into }
    if (state === 'circle') return finishOther(space, { ...asked, into })
    return { into, finished: await finishMerge(space, asked.from, asked.plan) }
  })
}

// Whom the merge leads to: after the marker of `into` if there is one, once.
async function noteAt(space: StoreSpace, { from, into, plan }: VisitorMove): Promise<string> {
  const [state, next] = await note(space, from, into)
  if (state === 'noted') return into
  if (state === 'moved' && next === from) {
    // What was begun the other way round holds, and whoever began it may be gone.
    await finishMerge(space, into, plan)
    throw visitorMoved(space.name, from)
  }
  if (state === 'moved' && next !== undefined) {
    const [there, further] = await note(space, from, next)
    if (there === 'noted') return next
    if (there === 'moved') throw visitorMoved(space.name, further ?? next)
  }
  throw visitorErased(space.name)
}

async function note({ commands, keys, expiry }: StoreSpace, from: string, into: string): Promise<Answer> {
  return (await commands.run(NOTE, [keys.visitor(into).profile], [from, expiry, ''])) as Answer
}

async function unnote({ commands, keys }: StoreSpace, from: string, into: string): Promise<void> {
  await commands.run(UNNOTE, [keys.visitor(into).profile], [from])
}

async function freeze(
  space: StoreSpace,
  { from, into, at }: VisitorMove,
): Promise<'frozen' | 'erased' | 'circle'> {
  const { commands, keys, expiry, name } = space
  const isLarger = from > into
  const [state, moved] = (await commands.run(
    FREEZE,
    [keys.visitor(from).profile],
    [into, at, expiry, isLarger ? 1 : ''],
  )) as Answer
  if (state === 'moved' && moved === into) return 'frozen'
  await unnote(space, from, into)
  if (state === 'moved') throw visitorMoved(name, moved ?? into)
  return state === 'erased' ? 'erased' : 'circle'
}

// It is bound to go the other way round: nothing but that is done.
async function finishOther(space: StoreSpace, { from, into, at, plan }: VisitorMove): Promise<undefined> {
  try {
    if ((await freeze(space, { from: into, into: from, at })) !== 'frozen') return undefined
  } catch (error) {
    // Merged into a third one meanwhile: the next try goes there.
    if (isMoved(error)) return undefined
    throw error
  }
  await finishMerge(space, into, plan)
  throw visitorMoved(space.name, from)
}
