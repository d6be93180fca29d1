import { keyNameOf } from '../rights/key-name.ts'
import { isErased, isMoved } from '../store-error.ts'
import { eraseKept, eraseWhole } from './erase-visitor.ts'
import { findAbsorbed } from './find-absorbed.ts'
import { finishMerge } from './finish-merge.ts'
import { LEAD_ON, NOTE } from './merge-scripts.ts'
import { type MovedVisitor, moveVisitor, type VisitorMove } from './move-visitor.ts'
import { DROP, RENAME_ABSORBED, UNMARK } from './rekey-scripts.ts'
import type { StoreSpace } from './store-space.ts'
import { tryAgain } from './try-again.ts'

/** What visitors are moved with. */
export interface Rekeying {
  readonly space: StoreSpace
  /** The newest key of an id. */
  readonly keyOf: (visitor: string) => string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Hears of each id that nothing stands under any more. */
  readonly onMoved: () => void
}

/** What became of one: `nobody` stands there any more; who `waits` can be read by nobody before they come back, their plan being lost. */
export type Rekeyed = 'moved' | 'nobody' | 'waits'

/** Whether a visitor stands under the id as it is. */
export function isPlain(visitor: string): boolean {
  return keyNameOf(visitor) === undefined
}

/**
 * Moves whatever stands under an id as it is to the newest key: a visitor, a tombstone, or a marker of one who was merged. Steps as those of a merge: each
 * may be done again, by several at once; at every moment what there is stands under one of the two, or is on its way.
 */
export function rekeyVisitor(
  rekeying: Rekeying,
  visitor: string,
  behind: readonly string[] = [],
): Promise<Rekeyed> {
  const { space } = rekeying
  return tryAgain(space, async () => {
    const { erased, into, at, isFrozen, isThere } = await lookAt(space, visitor)
    if (erased !== undefined) return rekeyTombstone(rekeying, visitor, erased)
    if (into === undefined) return isThere ? rekeyLive(rekeying, visitor) : 'nobody'
    if (!isFrozen) return rekeyMarker(rekeying, { visitor, into, at }, behind)
    return (await bringOver(space, visitor)) ? undefined : 'waits'
  })
}

/** Finishes a merge that was broken off. Answers whether it could. */
export async function bringOver(space: StoreSpace, visitor: string): Promise<boolean> {
  try {
    return (await finishMerge(space, visitor)).waits !== true
  } catch (error) {
    // Whom it went to was erased: now it is as well.
    if (isErased(error)) return true
    throw error
  }
}

/** Tells a visitor the newest key of one that was merged into it, when whatever stands under that id itself is moved. */
export async function renameAbsorbed(rekeying: Rekeying, into: string, absorbed: string): Promise<void> {
  const { space, keyOf } = rekeying
  const { profile } = space.keys.visitor(into)
  const [at] = await space.commands.pipeline([['HGET', profile, `absorbed:${absorbed}`]])
  if (typeof at !== 'string' || (await rekeyVisitor(rekeying, absorbed)) === 'waits') return
  const key = keyOf(absorbed)
  await space.commands.run(RENAME_ABSORBED, [profile], [absorbed, key === into ? '' : key, at])
}

/** Leads a marker that led to an id as it is to the newest key of that one. */
export async function renameTarget(rekeying: Rekeying, visitor: string, target: string): Promise<void> {
  const { space, keyOf } = rekeying
  await rekeyVisitor(rekeying, target)
  const { commands, keys, expiry } = space
  const { into, at } = await lookAt(space, visitor)
  // That one knew of it.
  if (into !== target) return
  const key = keyOf(target)
  if (key === visitor) {
    await commands.run(UNMARK, [keys.visitor(visitor).profile], [target])
    return
  }
  await commands.run(NOTE, [keys.visitor(key).profile], [visitor, expiry, at])
  await commands.run(LEAD_ON, [keys.visitor(visitor).profile], [target, key])
}

interface Look {
  /** When, milliseconds. */
  readonly erased: string | undefined
  readonly into: string | undefined
  /** When it was merged, milliseconds. */
  readonly at: number
  readonly isFrozen: boolean
  readonly isThere: boolean
}

async function lookAt({ commands, keys }: StoreSpace, visitor: string): Promise<Look> {
  const { profile } = keys.visitor(visitor)
  const [fields, count] = await commands.pipeline([
    ['HMGET', profile, 'erased', 'moved', 'frozen', 'movedAt'],
    ['EXISTS', profile],
  ])
  const [erased, into, frozen, at] = fields as readonly (string | null)[]
  return {
    erased: erased ?? undefined,
    into: into ?? undefined,
    at: Number(at ?? 0),
    isFrozen: typeof frozen === 'string',
    isThere: count === 1,
  }
}

// Each answers nothing where somebody came in between: then it is looked at again.
type Step = Promise<Rekeyed | undefined>

async function rekeyLive(rekeying: Rekeying, visitor: string): Step {
  const { space, keyOf, now } = rekeying
  const key = keyOf(visitor)
  try {
    const { finished } = await moveAlong(space, { from: visitor, into: key, at: now })
    // Its marker is next.
    return finished?.waits ? 'waits' : undefined
  } catch (error) {
    if (isMoved(error) && error.into === visitor) return unmark(space, key, visitor)
    // Moved by somebody else meanwhile.
    if (isMoved(error) && (await lookAt(space, visitor)).into !== undefined) return undefined
    if (!isErased(error)) throw error
    // Erased under one of both, erased.
    await eraseWhole(space, visitor, now)
    return undefined
  }
}

// Behind several markers, whoever is at their end.
async function moveAlong(
  space: StoreSpace,
  { from, into, at }: VisitorMove,
  hops = 3,
): Promise<MovedVisitor> {
  try {
    return await moveVisitor(space, { from, into, at })
  } catch (error) {
    const isFurther = isMoved(error) && error.into !== from && error.into !== into
    if (!isFurther || hops === 0 || (await lookAt(space, from)).into !== undefined) throw error
    return moveAlong(space, { from, into: error.into, at }, hops - 1)
  }
}

// The key was merged into the id that it is made of: that was one visitor all along. The note goes first, because it would have that done again.
async function unmark(space: StoreSpace, key: string, visitor: string): Step {
  const { commands, keys } = space
  const { into, isFrozen } = await lookAt(space, key)
  if (isFrozen && !(await bringOver(space, key))) return 'waits'
  const { profile } = keys.visitor(visitor)
  const [at] = await commands.pipeline([['HGET', profile, `absorbed:${key}`]])
  if (typeof at === 'string') await commands.run(RENAME_ABSORBED, [profile], [key, '', at])
  if (into !== undefined) await commands.run(UNMARK, [keys.visitor(key).profile], [into])
  return undefined
}

async function rekeyTombstone(rekeying: Rekeying, visitor: string, at: string): Step {
  const { space, keyOf } = rekeying
  const key = keyOf(visitor)
  // An erasure that was broken off still names others there.
  if ((await findAbsorbed(space, visitor, true)).length > 0) await eraseWhole(space, visitor, Number(at))
  const { profiles, met } = await eraseKept(space, key, Number(at))
  if (profiles > 0 || met.length > 1) await eraseWhole(space, key, Number(at))
  return drop(rekeying, visitor, ['erased', at])
}

interface Marked {
  readonly visitor: string
  readonly into: string
  readonly at: number
}

async function rekeyMarker(
  rekeying: Rekeying,
  { visitor, into, at }: Marked,
  behind: readonly string[],
): Step {
  const { space, keyOf, now } = rekeying
  const key = keyOf(visitor)
  if (isPlain(into) && !behind.includes(into)) {
    const outcome = await rekeyVisitor(rekeying, into, [...behind, visitor])
    // Its marker leads on now, if that one knew of it.
    if (outcome !== 'nobody') return outcome === 'waits' ? outcome : undefined
  }
  const target = isPlain(into) ? keyOf(into) : into
  if (target !== key) {
    try {
      await moveAlong(space, { from: key, into: target, at })
    } catch (error) {
      if (isErased(error)) await eraseWhole(space, key, now)
      // Whoever came back under the key went somewhere else, or whom they had gone to came to them: there they stay.
      else if (!isMoved(error) || (error.into !== key && (await lookAt(space, key)).into === undefined))
        throw error
    }
    // What leads here leads on.
    await space.commands.run(LEAD_ON, [space.keys.visitor(key).profile], [visitor, target])
  }
  await space.commands.run(RENAME_ABSORBED, [space.keys.visitor(into).profile], [visitor, '', at])
  return drop(rekeying, visitor, ['moved', into])
}

async function drop(
  { space, onMoved }: Rekeying,
  visitor: string,
  field: readonly [name: string, value: string],
): Step {
  const { profile, recent, settled } = space.keys.visitor(visitor)
  if ((await space.commands.run(DROP, [profile, recent, settled], [...field])) !== 1) return undefined
  onMoved()
  return 'moved'
}
